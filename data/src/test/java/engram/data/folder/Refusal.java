package engram.data.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.DataException;
import java.nio.file.Path;

/** How a folder is refused: a line that names the place and the rule, and one on what to do. */
final class Refusal {
  private Refusal() {}

  static void assertRefused(Path path, int side, String where, String problem) {
    DataException e =
        assertThrows(
            DataException.class, () -> new ImageFolder(path, side, false, 1).load(2, _ -> {}));
    assertTrue(e.getMessage().startsWith(where + ": " + problem), e.getMessage());
    assertEquals(2, e.getMessage().lines().count(), "a line, and what to do: " + e.getMessage());
  }
}
