package engram.op;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.op.Reduce.Kind;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which axes go away, and what joins along one. */
class ReduceTest {
  private static final Shape IMAGES = shape(2, 4, 5, 3);

  private static Shape of(Reduce op) {
    return op.outputs(List.of(IMAGES)).getFirst();
  }

  @Test
  void theReducedAxesGoAway() {
    assertEquals(shape(2, 4, 3), of(new Reduce(Kind.SUM, 2, 2)));
    assertEquals(shape(2, 3), of(new Reduce(Kind.MEAN, 1, 2)));
    assertEquals(shape(1), of(new Reduce(Kind.SUM, 0, 3)));
  }

  @Test
  void meanDividesByWhatMeets() {
    Values x = new Values(shape(2, 3), new double[] {1, 2, 6, 10, 20, 60}, 0);
    Values y = Values.zeros(shape(2));
    new Reduce(Kind.MEAN, 1, 1).reference(List.of(x), List.of(y));
    assertEquals(3, y.get(0));
    assertEquals(30, y.get(1));
  }

  @Test
  void anAxisThatDoesNotExistIsRefused() {
    var refused = assertThrows(ShapeException.class, () -> of(new Reduce(Kind.MEAN, 4, 4)));
    assertTrue(refused.getMessage().contains("axes 4 to 4 do not exist"), refused.getMessage());
  }

  @Test
  void onlyTheJoinedAxisMayDiffer() {
    assertEquals(shape(7, 3), new Concat(0).outputs(List.of(shape(5, 3), shape(2, 3))).getFirst());
    var refused =
        assertThrows(
            ShapeException.class, () -> new Concat(0).outputs(List.of(shape(5, 3), shape(2, 4))));
    assertTrue(refused.getMessage().contains("differ in more than axis 0"), refused.getMessage());
  }
}
