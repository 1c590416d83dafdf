package engram.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTest {
  @Test
  void runsOfThePresetSeedArePooledWithThoseOfItsNameOfToday() {
    Config older = new Config(Map.of("preset", "seed", "seed", 1));
    Config newer = new Config(Map.of("preset", "course", "seed", 2));
    assertEquals(newer.protocol(), older.protocol());
    assertEquals("1", older.settings().get("seed"));
  }
}
