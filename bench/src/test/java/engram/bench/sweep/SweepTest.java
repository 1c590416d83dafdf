package engram.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which units are run, when and how often; what a run is does not matter here. */
@Timeout(60)
class SweepTest {
  private static final Sweep.Listener NOBODY =
      new Sweep.Listener() {
        @Override
        public void started(SweepUnit unit) {}

        @Override
        public void event(SweepUnit unit, RunEvent event) {}

        @Override
        public void now(SweepUnit unit, UnitState state) {}
      };

  @TempDir Path temp;
  private SweepPlan plan;
  private SweepFolder folder;
  private final StopRequest stop = new StopRequest();
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void makePlan() throws IOException {
    plan = SweepPlan.parse("plan.yaml", "{base: {strategies: er}, seeds: 6}");
    folder = new SweepFolder(temp.resolve("sweep"));
    folder.create(plan);
  }

  /** What a unit's run does in its folder. */
  private interface Doing {
    UnitRunner.Outcome run(SweepUnit unit, StopRequest stop) throws Exception;
  }

  private void sweep(int parallel, Doing doing) throws IOException {
    UnitRunner runner =
        (unit, place, threads, own, events) -> {
          begun.add("seed " + unit.seed());
          Files.createDirectories(place);
          Files.writeString(place.resolve("results.csv"), unit.label());
          try {
            return doing.run(unit, own);
          } catch (IOException | RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        };
    new Sweep(folder, plan.units(), runner, 1, stop, NOBODY).run(parallel);
  }

  private static UnitRunner.Outcome finish() {
    return UnitRunner.Outcome.FINISHED;
  }

  private List<String> words() throws IOException {
    return folder.states(plan.units()).values().stream().map(UnitState::word).toList();
  }

  @Test
  void unitsAreRunInTheOrderOfThePlanAndFinishedOnesNeverAgain() throws IOException {
    sweep(1, (_, _) -> finish());
    List<String> all = List.of("seed 1", "seed 2", "seed 3", "seed 4", "seed 5", "seed 6");
    assertEquals(all, begun);
    assertEquals(Collections.nCopies(6, "finished"), words());
    sweep(1, (_, _) -> finish());
    assertEquals(all, begun);
    assertTrue(Files.isRegularFile(folder.of(plan.units().getFirst()).resolve(DoneMark.FILE)));
  }

  @Test
  void theMarkOfAFinishedUnitIsTheLastFileAndHasTheHashesOfTheOthers() throws IOException {
    sweep(1, (_, _) -> finish());
    Path unit = folder.of(plan.units().getFirst());
    String mark = Files.readString(unit.resolve(DoneMark.FILE));
    assertTrue(
        mark.contains("\"results.csv\" : \"" + UnitHash.ofFile(unit.resolve("results.csv"))), mark);
    assertFalse(mark.contains("\"done.json\""), mark);
  }

  @Test
  void aLongerPlanRunsWhatIsNewInIt() throws IOException {
    sweep(1, (_, _) -> finish());
    begun.clear();
    plan = SweepPlan.parse("plan.yaml", "{base: {strategies: er}, seeds: 8}");
    sweep(1, (_, _) -> finish());
    assertEquals(List.of("seed 7", "seed 8"), begun);
  }

  @Test
  void aBrokenUnitIsTriedAgainTwiceBehindTheOthersAndThenLeftWithItsError() throws IOException {
    Doing secondBreaks =
        (unit, _) -> {
          if (unit.seed() == 2) {
            throw new IllegalStateException("no memory for\n  its memory");
          }
          return finish();
        };
    sweep(1, secondBreaks);
    assertEquals(
        List.of("seed 1", "seed 2", "seed 3", "seed 4", "seed 5", "seed 6", "seed 2", "seed 2"),
        begun);
    SweepUnit broken = plan.units().get(1);
    assertEquals(new UnitState.Failed("no memory for; its memory", 3), folder.state(broken));
    assertEquals("broken", folder.state(broken).word());
    begun.clear();
    sweep(1, secondBreaks);
    assertEquals(List.of(), begun, "not by itself");
    folder.forgive(broken);
    sweep(1, (_, _) -> finish());
    assertEquals(List.of("seed 2"), begun);
    assertEquals(Collections.nCopies(6, "finished"), words());
  }

  @Test
  void whatJavaItselfThrowsIsNamedByItsKind() throws IOException {
    sweep(
        1,
        (unit, _) -> {
          throw unit.seed() == 1
              ? new IndexOutOfBoundsException("5")
              : new IOException("full disk");
        });
    UnitState.Failed first =
        assertInstanceOf(UnitState.Failed.class, folder.state(plan.units().getFirst()));
    assertEquals("java.lang.IndexOutOfBoundsException: 5", first.error());
    UnitState.Failed second =
        assertInstanceOf(UnitState.Failed.class, folder.state(plan.units().get(1)));
    assertEquals("full disk", second.error());
  }

  @Test
  void aStopReachesEachUnitAndTheNextStartGoesOn() throws IOException {
    sweep(
        2,
        (unit, own) -> {
          if (unit.seed() <= 2) {
            return finish();
          }
          stop.make();
          while (!own.isMade()) {
            Thread.onSpinWait();
          }
          return UnitRunner.Outcome.INTERRUPTED;
        });
    assertEquals(List.of("finished", "finished"), words().subList(0, 2));
    assertTrue(words().contains("interrupted"), words()::toString);
    assertEquals("waiting", words().getLast());
    begun.clear();
    new Sweep(folder, plan.units(), finishing(), 1, new StopRequest(), NOBODY).run(2);
    assertEquals(4, begun.size());
    assertEquals(Collections.nCopies(6, "finished"), words());
  }

  private UnitRunner finishing() {
    return (unit, place, _, _, _) -> {
      begun.add("seed " + unit.seed());
      Files.createDirectories(place);
      return finish();
    };
  }

  @Test
  void asManyRunAtOnceAsAreAskedFor() throws IOException {
    CyclicBarrier three = new CyclicBarrier(3);
    sweep(
        3,
        (_, _) -> {
          three.await(50, TimeUnit.SECONDS); // none gets through before three are here
          return finish();
        });
    assertEquals(Collections.nCopies(6, "finished"), words());
  }

  @Test
  void sweepsInOneFolderNeverRunAUnitTwice() throws Exception {
    Map<Long, Integer> runs = new ConcurrentHashMap<>();
    CountDownLatch all = new CountDownLatch(4);
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<?>> sweeps = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        sweeps.add(
            pool.submit(
                () -> {
                  all.countDown();
                  all.await();
                  sweep(
                      2,
                      (unit, _) -> {
                        runs.merge(unit.seed(), 1, Integer::sum);
                        return finish();
                      });
                  return 0;
                }));
      }
      for (Future<?> each : sweeps) {
        each.get();
      }
    }
    assertEquals(Map.of(1L, 1, 2L, 1, 3L, 1, 4L, 1, 5L, 1, 6L, 1), runs);
    try (Stream<Path> left = Files.list(temp.resolve("sweep/units"))) {
      assertEquals(6, left.count(), "no lock is left");
    }
  }

  @Test
  void whatAnotherRunsIsWaitedForAndTakenOverWhenItIsGivenUp() throws Exception {
    UnitLock other = folder.lock(plan.units().getFirst()).orElseThrow();
    assertEquals("running", words().getFirst());
    sweep(
        1,
        (unit, _) -> {
          if (unit.seed() == 6) {
            other.close(); // by now all others are done
          }
          return finish();
        });
    assertEquals(List.of("seed 2", "seed 3", "seed 4", "seed 5", "seed 6", "seed 1"), begun);
  }
}
