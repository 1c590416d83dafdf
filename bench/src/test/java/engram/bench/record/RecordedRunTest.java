package engram.bench.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedRunTest {
  @Test
  void runsOfThePresetSeedArePooledWithThoseOfItsNameOfToday() {
    Map<String, String> older = run(Map.of("preset", "seed", "seed", 1)).settings();
    assertEquals("course", older.get("preset"));
    assertEquals("1", older.get("seed"));
    assertEquals("course", run(Map.of("preset", "course")).settings().get("preset"));
  }

  private static RecordedRun run(Map<String, Object> config) {
    return new RecordedRun(
        Path.of("run1"), config, Map.of(), "{}", Map.of(), new byte[0], List.of(), List.of());
  }
}
