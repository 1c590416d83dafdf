package engram.data.synthetic.drawing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VectorPathTest {
  @Test
  void unknownPathCommandIsNamed() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> VectorPath.parse("M 0 0 Q 1 1"));
    assertTrue(e.getMessage().contains("\"Q\" is none of the commands"), e.getMessage());
  }
}
