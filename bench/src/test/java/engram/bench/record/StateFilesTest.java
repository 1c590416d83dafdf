package engram.bench.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
  private static final long COST_MILLIS = 20;

  @TempDir Path run;
  private final List<String> notices = new ArrayList<>();

  private StateFiles files(StateFiles.Pace pace) throws IOException {
    return new StateFiles(run, _ -> sleep(), pace, notices::add);
  }

  private static void sleep() {
    try {
      Thread.sleep(COST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As training does at the end of an epoch. */
  private static void save(StateFiles files) {
    assertTrue(files.isDue());
    Snapshot state = new Snapshot();
    state.taking().number("step", 1L);
    files.complete(state);
    files.accept(state);
  }

  /** What it takes to put a state together counts as writing does. */
  @Test
  void noStateBeforeSoManyTimesAsLongAsTheLastOneTook() throws IOException {
    int times = 10;
    StateFiles files = files(new StateFiles.Pace(Duration.ZERO, times));
    long before = System.nanoTime();
    save(files);
    while (!files.isDue()) {
      Thread.onSpinWait();
    }
    long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
    assertTrue(millis >= (1 + times) * COST_MILLIS - 1, "due after %d ms".formatted(millis));
  }

  @Test
  void theLastTwoAreKept() throws IOException {
    StateFiles files = files(StateFiles.Pace.EVERY);
    for (int i = 0; i < 4; i++) {
      save(files);
    }
    assertEquals(
        List.of("000003.safetensors", "000004.safetensors"),
        StateFiles.in(run).stream().map(file -> file.getFileName().toString()).toList());
    assertEquals(List.of(), notices);
  }
}
