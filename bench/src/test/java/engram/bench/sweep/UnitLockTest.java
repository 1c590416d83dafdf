package engram.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitLockTest {
  private static final String UNIT = "0a1b2c3d4e5f";

  @TempDir Path folder;

  private boolean isFree() throws IOException {
    return UnitLock.holder(folder, UNIT).isEmpty();
  }

  /** A lock file as another process left it. */
  private Path left(int number, Owner owner, Instant written) throws IOException {
    Path file = folder.resolve(UNIT + ".lock." + number);
    Files.write(file, owner.toBytes());
    return Files.setLastModifiedTime(file, FileTime.from(written));
  }

  private static Owner elsewhere() {
    return new Owner("node7", "another start", 4711, "then");
  }

  @Test
  void oneHasItUntilItIsGivenUp() throws IOException {
    UnitLock first = UnitLock.take(folder, UNIT).orElseThrow();
    assertEquals(Optional.empty(), UnitLock.take(folder, UNIT));
    assertEquals(Optional.of(Owner.here().toString()), UnitLock.holder(folder, UNIT));
    assertTrue(first.beat());
    first.close();
    assertTrue(isFree());
    assertFalse(first.beat());
    UnitLock second = UnitLock.take(folder, UNIT).orElseThrow();
    first.close();
    assertFalse(isFree(), "closing twice takes it from nobody");
    second.close();
  }

  @Test
  void unitsHaveTheirOwn() throws IOException {
    assertTrue(UnitLock.take(folder, UNIT).isPresent());
    assertTrue(UnitLock.take(folder, "0a1b2c3d4e50").isPresent());
  }

  @Test
  void ofManyWhoWantItAtOnceOneGetsIt() throws Exception {
    left(1, elsewhere(), Instant.EPOCH);
    List<Callable<Optional<UnitLock>>> wishes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      wishes.add(() -> UnitLock.take(folder, UNIT));
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(wishes.size())) {
      int taken = 0;
      for (Future<Optional<UnitLock>> wish : pool.invokeAll(wishes)) {
        taken += wish.get().isPresent() ? 1 : 0;
      }
      assertEquals(1, taken);
    }
  }

  @Test
  void thatOfADeadProcessOnThisMachineIsTakenOver() throws IOException {
    Owner here = Owner.here();
    Owner before = new Owner(here.host(), here.machine(), here.pid(), "before this one");
    left(1, before, Instant.now());
    assertTrue(isFree());
    assertTrue(UnitLock.take(folder, UNIT).isPresent());
  }

  @Test
  void thatOfAnotherMachineHoldsAsLongAsItIsWritten() throws IOException {
    left(1, elsewhere(), Instant.now());
    assertEquals(Optional.of("process 4711 on node7"), UnitLock.holder(folder, UNIT));
    assertEquals(Optional.empty(), UnitLock.take(folder, UNIT));
    left(1, elsewhere(), Instant.now().minus(UnitLock.DEAD).minusSeconds(60));
    assertTrue(UnitLock.take(folder, UNIT).isPresent());
  }

  @Test
  void oneThatIsNotYetSignedHoldsToo() throws IOException {
    Files.createFile(folder.resolve(UNIT + ".lock.1"));
    assertEquals(Optional.of("another process"), UnitLock.holder(folder, UNIT));
  }

  @Test
  void whoSleptTooLongSeesThatItIsLost() throws IOException {
    UnitLock slept = UnitLock.take(folder, UNIT).orElseThrow();
    left(2, elsewhere(), Instant.now());
    assertFalse(slept.beat());
    slept.close();
    assertFalse(isFree());
  }

  @Test
  void nothingIsLeftOfAUnitThatIsDone() throws IOException {
    left(1, elsewhere(), Instant.EPOCH);
    try (UnitLock lock = UnitLock.take(folder, UNIT).orElseThrow()) {
      lock.done();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
