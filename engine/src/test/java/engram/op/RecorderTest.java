package engram.op;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.backend.reference.ReferenceBackend;
import engram.graph.Tape;
import engram.plan.Plan;
import engram.tensor.ShapeException;
import engram.tensor.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private final Tape t = new Tape();

  /** What {@code recorded} makes of the numbers of x. */
  private float[] value(float[] numbers, UnaryOperator<Tensor> recorded) {
    Tensor x = t.input("x", shape(numbers.length));
    Tensor y = recorded.apply(x);
    t.keep(y);
    Plan plan = Plan.compile(t.graph(), new ReferenceBackend(), Map.of());
    plan.buffer(x).write(numbers);
    plan.run();
    return plan.buffer(y).read();
  }

  @Test
  void whereKeepsWhatHasAPositiveCondition() {
    float[] y = value(new float[] {-1, 0, 2}, x -> t.where(x, t.affine(0, x, 5)));
    assertArrayEquals(new float[] {0, 0, 5}, y);
  }

  @Test
  void aRowBecomesEachRowAndAColumnEachColumn() {
    float[] pair = {3, 7};
    assertArrayEquals(new float[] {3, 7, 3, 7}, value(pair, x -> t.repeatRows(x, shape(1, 2, 2))));
    assertArrayEquals(pair, value(pair, x -> t.repeatRows(x, shape(2))));
    assertArrayEquals(
        new float[] {3, 3, 3, 7, 7, 7}, value(pair, x -> t.repeatColumns(x, shape(2, 3))));
  }

  @Test
  void aFactorMayBeATensor() {
    float[] y = value(new float[] {1, 2}, x -> t.scale(t.sum(x), x));
    assertArrayEquals(new float[] {3, 6}, y);
  }

  @Test
  void operandsOfAnElementwiseOpHaveOneShape() {
    Tensor a = t.input("a", shape(2, 3));
    Tensor b = t.input("b", shape(3));
    String message = assertThrows(ShapeException.class, () -> t.add(a, b)).getMessage();
    assertEquals(
        "add [[2, 3], [3]]: shapes differ. There is no broadcasting; add_bias adds to each row",
        message);
  }
}
