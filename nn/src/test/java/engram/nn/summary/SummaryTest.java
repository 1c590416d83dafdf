package engram.nn.summary;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.nn.Sequential;
import engram.nn.layer.Layer;
import engram.nn.model.Models;
import engram.nn.model.NetworkText;
import engram.nn.model.SimpleCnn;
import engram.tensor.Shape;
import java.util.List;
import java.util.Optional;
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
  void aLayerComesBeforeThoseThatItIsMadeOfAndCountsThem() {
    Summary summary =
        Summary.of(
            NetworkText.parse(
                "residual(conv 4 3 stride 2 no-bias, bn; conv 4 1, pool 3 stride 2), global-pool",
                shape(7, 7, 2),
                3),
            5);
    assertEquals(
        List.of("0 residual1", "1 conv1", "1 bn1", "1 downsample", "2 conv1", "2 max_pool2d"),
        summary.rows().stream().limit(6).map(row -> row.depth() + " " + row.name()).toList());
    Summary.Row residual = summary.rows().getFirst();
    assertEquals(shape(5, 3, 3, 4), residual.output());
    assertEquals(72 + 8 + 12, residual.parameters());
    assertEquals(5 * (9 * 72 + 49 * 8), residual.multiplyAdds());
    // Convolution, norm, convolution on the way around, its pool, and the sum.
    assertEquals(5 * 4 * (9 + 9 + 49 + 9 + 9), residual.outputs());
    assertEquals(5 * 4 * (49 + 9), summary.rows().get(3).outputs());
    assertEquals(92 + 4 * 3 + 3, summary.parameters());
    assertEquals(4 * (residual.outputs() + 5 * 4 + 5 * 3), summary.outputBytes());
  }

  @Test
  void rendersOneLineALayerWithTotals() {
    String text = Summary.of(SimpleCnn.of(shape(32, 32, 3), 43), 1).toString();
    List<String> lines = text.lines().toList();
    assertTrue(lines.get(7).startsWith("conv3"), text);
    assertTrue(lines.get(11).startsWith("total"), text);
    assertTrue(lines.get(11).contains("234,027"), text);
  }

  @Test
  void memoryIsSaidInAUnitThatFitsIt() {
    String text = Summary.of(Models.of("mlp 400 1", shape(28, 28, 1), 10), 1).toString();
    List<String> lines = text.lines().toList();
    assertTrue(lines.stream().anyMatch(line -> line.endsWith("  1.56 KiB")), text);
    assertTrue(lines.stream().anyMatch(line -> line.endsWith("  40 B")), text);
    assertTrue(text.contains("batch of 1 x [28, 28, 1]: 3.06 KiB\n"), text);
    assertTrue(text.contains("parameters and their gradients: 2.43 MiB\n"), text);
  }

  /** The text is broken between words, and still means the network. */
  @Test
  void everyNamedNetworkFits80ColumnsAndItsTextParsesBack() {
    Shape image = shape(64, 64, 3);
    for (String name : Models.NAMES) {
      Sequential model = Models.of(name, image, 100);
      String text = Summary.of(model, 128).toString();
      assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
      String said = text.substring(text.indexOf("text: ") + 6);
      assertEquals(model, NetworkText.parse(said, image, 100), text);
    }
  }

  @Test
  void aNetworkWithLayersOfOnesOwnHasNoText() {
    Layer own = (t, x) -> t.exp(x);
    Summary summary = Summary.of(Sequential.of(shape(3), own), 1);
    assertEquals(Optional.empty(), summary.text());
    assertEquals(1, summary.rows().size());
    assertTrue(summary.toString().contains("layer"), summary.toString());
  }
}
