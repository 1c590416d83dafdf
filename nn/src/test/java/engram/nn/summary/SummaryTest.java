package engram.nn.summary;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.nn.model.SimpleCnn;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void countsTheReferenceNetworkByHand() {
    Summary summary = Summary.of(SimpleCnn.of(shape(32, 32, 3), 43), 2);
    Summary.Row conv2 = summary.rows().get(3);
    assertEquals(shape(2, 16, 16, 64), conv2.output());
    assertEquals(32 * 64 * 9 + 64, conv2.parameters());
    assertEquals(2 * 16 * 16 * 64 * 32 * 9, conv2.multiplyAdds());
    assertEquals(2432 + 18496 + 36928 + 4096 * 43 + 43, summary.parameters());
    assertEquals(
        2L * (1024 * 32 * 75 + 256 * 64 * 288 + 64 * 64 * 576 + 4096 * 43), summary.multiplyAdds());
    assertEquals(2 * 3072 * 4, summary.inputBytes());
    assertEquals(4 * summary.parameters(), summary.parameterBytes());
  }

  @Test
  void rendersOneLineALayerWithTotals() {
    String text = Summary.of(SimpleCnn.of(shape(32, 32, 3), 43), 1).toString();
    assertEquals(13, text.lines().count(), text);
    assertTrue(text.contains("conv3"), text);
    assertTrue(text.contains("234,027"), text);
  }
}
