package engram.op;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Max pooling where PyTorch's choice is not obvious. One image, one channel. */
class MaxPool2dTest {
  private static final double NAN = Double.NaN;

  private static Values image(int rows, double... pixels) {
    return new Values(shape(1, rows, pixels.length / rows, 1), pixels, 0);
  }

  /** Maxima and their positions. */
  private static List<Values> pool(int kernel, int stride, Values x) {
    MaxPool2d op = new MaxPool2d(kernel, stride);
    List<Values> outputs = op.outputs(List.of(x.shape())).stream().map(Values::zeros).toList();
    op.reference(List.of(x), outputs);
    return outputs;
  }

  private static void expect(Values values, double... expected) {
    assertArrayEquals(expected, values.data());
  }

  @Test
  void ofEqualNumbersTheFirstIsTheMaximum() {
    List<Values> y = pool(2, 2, image(2, 0, 7, 7, 7));
    expect(y.get(0), 7);
    expect(y.get(1), 1);
  }

  @Test
  void notANumberIsTheMaximumAndTheLastOneCounts() {
    List<Values> y = pool(2, 2, image(2, NAN, 9, 5, 1, NAN, 2, NAN, 3));
    expect(y.get(0), NAN, NAN);
    expect(y.get(1), 2, 2);
  }

  @Test
  void minusInfinityEverywhereIsFoundAtTheFirstPosition() {
    double low = Double.NEGATIVE_INFINITY;
    expect(pool(2, 2, image(2, low, low, low, low)).get(1), 0);
  }

  @Test
  void rowsAndColumnsThatFillNoWindowAreDropped() {
    expect(pool(2, 2, image(3, 1, 2, 99, 3, 4, 99, 99, 99, 99)).get(0), 4);
  }

  @Test
  void gradientsOfOverlappingWindowsAddUp() {
    Values x = image(3, 1, 2, 3, 4, 9, 5, 6, 7, 8);
    Values positions = pool(2, 1, x).get(1);
    Values dx = Values.zeros(x.shape());
    new MaxPool2d.Gradient(2, 1, 3, 3)
        .reference(List.of(positions, image(2, 1, 10, 100, 1000)), List.of(dx));
    expect(dx, 0, 0, 0, 0, 1111, 0, 0, 0, 0);
  }

  @Test
  void windowLargerThanTheImageIsRefused() {
    List<Shape> small = List.of(shape(1, 2, 3, 1));
    var refused = assertThrows(ShapeException.class, () -> new MaxPool2d(3, 1).outputs(small));
    assertTrue(
        refused.getMessage().contains("3 x 3 window is larger than the 2 x 3"),
        refused.getMessage());
  }
}
