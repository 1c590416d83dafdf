package engram.bench.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.state.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFilesTest {
  @TempDir Path run;
  private final List<String> notices = new ArrayList<>();

  private StateFiles files(StateFiles.Pace pace) throws IOException {
    return new StateFiles(run, _ -> {}, pace, notices::add);
  }

  private static void save(StateFiles files) {
    Snapshot state = new Snapshot();
    state.taking().number("step", 1L);
    files.accept(state);
  }

  /** Also what was spent on states that were taken and never written. */
  @Test
  void aRunLastsSoManyTimesAsLongAsItsStatesTake() throws IOException {
    StateFiles files = files(new StateFiles.Pace(Duration.ZERO, 50));
    assertTrue(files.isDue(Duration.ZERO), "nothing was spent");
    assertFalse(files.isDue(Duration.ofHours(1)), "this test does not last 50 hours");
    Duration spent = Duration.ofMillis(2);
    long before = System.nanoTime();
    files = files(new StateFiles.Pace(Duration.ZERO, 50));
    while (!files.isDue(spent)) {
      Thread.onSpinWait();
    }
    assertTrue(System.nanoTime() - before >= 50 * spent.toNanos());
  }

  @Test
  void theLastTwoAreKept() throws IOException {
    StateFiles files = files(StateFiles.Pace.EVERY);
    for (int i = 0; i < 4; i++) {
      assertTrue(files.isDue(Duration.ofHours(1)));
      save(files);
    }
    assertEquals(
        List.of("000003.safetensors", "000004.safetensors"),
        StateFiles.in(run).stream().map(file -> file.getFileName().toString()).toList());
    assertEquals(List.of(), notices);
  }
}
