package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.ToySigns;
import engram.cl.catalog.Strategies;
import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.Capacity;
import engram.cl.memory.MemoryBuffer;
import engram.cl.memory.Replay;
import engram.cl.memory.Reservoir;
import engram.cl.settings.Settings;
import engram.cl.task.ClassOrder;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import engram.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many images from memory come back, with a batch or in the training set. */
class ReplayTest {
  private final MemoryBuffer memory =
      new BalancedReservoir(7, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));

  @ParameterizedTest
  @CsvSource({"own, 5, 5", "own, 12, 7", "3, 5, 3", "7, 1, 7", "128, 5, 7", "mixed, 5, 0"})
  void erAddsAsManyAsAreAskedForIfSoManyAreHeld(String replay, int fresh, int added) {
    assertEquals(added, added(new ExperienceReplay(memory), replay, fresh));
  }

  @ParameterizedTest
  @CsvSource({"own, 5, 10", "3, 5, 6", "128, 5, 14"})
  void derPlusPlusDrawsTwice(String replay, int fresh, int added) {
    assertEquals(added, added(DarkExperience.derPlusPlus(memory, 1, 1), replay, fresh));
  }

  @ParameterizedTest
  @CsvSource({"own, 8, 2", "3, 8, 3"})
  void aNumberIsInPlaceOfTheStrategysShare(String replay, int fresh, int added) {
    assertEquals(added, added(new RehearsalKd(memory, 0.5f, 2, false), replay, fresh));
  }

  private static int added(Rehearsal strategy, String replay, int fresh) {
    strategy.replay(Replay.parse(replay));
    StrategyProbe probe = new StrategyProbe(strategy).begin().end();
    probe.batch.clear();
    for (int i = 0; i < fresh; i++) {
      probe.batch.add(StrategyProbe.task(0).train(), i);
    }
    int added = strategy.replay(probe.batch, new CounterRandom(1));
    assertEquals(fresh + added, probe.batch.size());
    return added;
  }

  /** Naive rehearsal: 12,000 images of a task and 1,100 from memory, ten times over. */
  @Test
  void evenlyIsAsOftenAsMakesTheMemoryAboutAsLargeAsTheTask() {
    assertEquals(10, Replay.MIXED_EVENLY.times(12_000, 1_100));
    assertEquals(2, Replay.MIXED_EVENLY.times(12_000, 4_400));
    assertEquals(1, Replay.MIXED_EVENLY.times(100, 4_400));
    assertEquals(0, Replay.MIXED_EVENLY.times(100, 0));
    assertEquals(1, Replay.MIXED.times(12_000, 1_100));
    assertEquals(0, Replay.MIXED.times(12_000, 0));
    assertEquals(0, Replay.OWN.times(12_000, 1_100));
    assertEquals(0, Replay.of(7).times(12_000, 1_100));
  }

  @ParameterizedTest
  @CsvSource({"mixed, 1", "mixed-evenly, 3"})
  void mixedTheMemoryStandsInTheTrainingSet(String replay, int times) {
    int[] classes = IntStream.range(0, 46).map(i -> i % 2).toArray();
    TaskSequence sequence =
        new TaskSequence(
            ToySigns.dataset(2, ToySigns.images(classes), ToySigns.images(0, 1)),
            new TaskSplit(ClassOrder.given(2), TaskSizes.even(2, 2)));
    ExperienceReplay er = new ExperienceReplay(memory);
    er.replay(Replay.parse(replay));
    Task first = sequence.tasks().getFirst();
    assertSame(first.train(), er.trainingSet(sequence, first), "nothing is held yet");
    memory.offer(first.train(), examples -> new float[0][]);

    Examples mixed = er.trainingSet(sequence, sequence.tasks().getLast());
    assertEquals(23 + times * 7, mixed.size());
    List<Integer> old = new ArrayList<>();
    byte[] image = new byte[ToySigns.IMAGE_BYTES];
    for (int i = 23; i < mixed.size(); i++) {
      assertEquals(0, mixed.label(i));
      mixed.copy(i, image, 0);
      old.add(ToySigns.number(image, 0));
    }
    List<Integer> held =
        IntStream.range(0, times * 7)
            .map(i -> ToySigns.number(memory.stored().image(i % 7), 0))
            .boxed()
            .toList();
    assertEquals(held, old);
    assertTrue(IntStream.range(0, 23).allMatch(i -> mixed.label(i) == 1));
  }

  /** What is kept in fewer bytes is less sharp: what is new must not be told by that. */
  @Test
  void newImagesAreSeenAsACompressedMemoryHasThem() {
    Reservoir few =
        new Reservoir(Capacity.total(4).compressed(3), ToySigns.IMAGE_BYTES, new CounterRandom(1));
    TaskSequence sequence =
        new TaskSequence(
            ToySigns.dataset(1, ToySigns.images(0, 0, 0), ToySigns.images(0)),
            new TaskSplit(ClassOrder.given(1), TaskSizes.even(1, 1)));
    Examples train = sequence.tasks().getFirst().train();
    Examples seen = new ExperienceReplay(few).trainingSet(sequence, sequence.tasks().getFirst());
    few.offer(train, examples -> new float[0][]);
    for (int i = 0; i < 3; i++) {
      byte[] image = new byte[ToySigns.IMAGE_BYTES];
      seen.copy(i, image, 0);
      assertArrayEquals(few.stored().image(i), image);
    }
  }

  /** Whose loss is the same for images from memory, or who has none, can mix. */
  @Test
  void whoTellsMemoryFromNewImagesCannotMixThem() {
    Settings mixed = Settings.of(Map.of("replay", "mixed"), false);
    List<String> refused =
        Strategies.NAMES.stream()
            .filter(
                name -> {
                  try {
                    Strategies.BUILT_IN.create(name, mixed, 1, 12, 43);
                    return false;
                  } catch (IllegalArgumentException e) {
                    return true;
                  }
                })
            .toList();
    assertEquals(
        List.of(
            "er-ace",
            "der",
            "der++",
            "x-der-rpc",
            "ss-il",
            "lucir",
            "balanced-kd",
            "gdumb",
            "cls-er",
            "a-gem"),
        refused);
    assertEquals(
        "strategy \"a-gem\": its loss tells images from memory from new ones, so they cannot join"
            + " the training set; give --replay own or a number",
        assertThrows(
                IllegalArgumentException.class,
                () -> Strategies.BUILT_IN.create("a-gem", mixed, 1, 12, 43))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Strategies.BUILT_IN.create("er_weights=sum", mixed, 1, 12, 43));
    Settings number = Settings.of(Map.of("replay", "20"), false);
    assertEquals(
        "strategy \"gdumb\": it trains on its memory alone and replays nothing beside new images;"
            + " give --replay own",
        assertThrows(
                IllegalArgumentException.class,
                () -> Strategies.BUILT_IN.create("gdumb", number, 1, 12, 43))
            .getMessage());
  }
}
