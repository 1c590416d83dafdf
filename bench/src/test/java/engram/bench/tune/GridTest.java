package engram.bench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridTest {
  @Test
  void theLastOptionVariesFastest() {
    assertEquals(
        List.of(
            Map.of("lr", "0.001", "alpha", "0.3"),
            Map.of("lr", "0.001", "alpha", "0.5"),
            Map.of("lr", "0.002", "alpha", "0.3"),
            Map.of("lr", "0.002", "alpha", "0.5")),
        Grid.parse(List.of("lr=0.001,0.002", "--alpha=0.3,0.5")).combinations());
  }

  @Test
  void whatIsNoOptionWithValuesIsAnError() {
    for (String text : List.of("lr", "=1,2", "lr=", "lr=1,,2")) {
      var error =
          assertThrows(IllegalArgumentException.class, () -> Grid.parse(List.of(text)), text);
      assertEquals(
          "grid \"%s\": write an option and its values, such as lr=0.001,0.002".formatted(text),
          error.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> Grid.parse(List.of("lr=1", "lr=2")));
    assertThrows(IllegalArgumentException.class, () -> Grid.parse(List.of("lr=1,1")));
  }
}
