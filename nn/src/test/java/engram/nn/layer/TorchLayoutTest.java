package engram.nn.layer;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.tensor.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TorchLayoutTest {

  @Test
  void convolutionWeightsGoFromKernelInOutToOutInKernel() {
    TorchLayout layout = new TorchLayout.Convolution();
    Shape engine = shape(1, 2, 2, 3);
    // Values tell their place in [KH, KW, C, O]: 100 kw + 10 c + o.
    float[] values = {0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112};
    assertEquals(shape(3, 2, 1, 2), layout.torchShape(engine));
    assertArrayEquals(
        new float[] {0, 100, 10, 110, 1, 101, 11, 111, 2, 102, 12, 112},
        layout.toTorch(engine, values));
  }

  @Test
  void linearWeightsBehindFlattenGoFromPixelsFirstToChannelsFirst() {
    TorchLayout layout = new TorchLayout.FlattenedImage(shape(1, 2, 3));
    // One row; values tell their place in [H, W, C]: 10 w + c.
    float[] values = {0, 1, 2, 10, 11, 12};
    assertArrayEquals(new float[] {0, 10, 1, 11, 2, 12}, layout.toTorch(shape(1, 6), values));
  }

  static Stream<Arguments> layouts() {
    return Stream.of(
        Arguments.of(new TorchLayout.Same(), shape(4, 5)),
        Arguments.of(new TorchLayout.Convolution(), shape(3, 2, 5, 7)),
        Arguments.of(new TorchLayout.FlattenedImage(shape(3, 5, 2)), shape(4, 30)));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void fromTorchUndoesToTorch(TorchLayout layout, Shape engine) {
    float[] values = new float[engine.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    assertArrayEquals(values, layout.fromTorch(engine, layout.toTorch(engine, values)));
  }
}
