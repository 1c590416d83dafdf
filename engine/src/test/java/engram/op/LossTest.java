package engram.op;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Losses on numbers worked out by hand. */
class LossTest {

  private static Values matrix(int rows, double... numbers) {
    return new Values(shape(rows, numbers.length / rows), numbers, 0);
  }

  private static Values vector(double... numbers) {
    return new Values(shape(numbers.length), numbers, 0);
  }

  /** All outputs of {@code op} on {@code inputs}. */
  private static List<Values> apply(Op op, Values... inputs) {
    List<Shape> shapes = Arrays.stream(inputs).map(Values::shape).toList();
    List<Values> outputs = op.outputs(shapes).stream().map(Values::zeros).toList();
    op.reference(List.of(inputs), outputs);
    return outputs;
  }

  @Test
  void crossEntropyOfEvenOddsIsTheLogarithmOfTheClassCount() {
    Values logits = matrix(2, 5, 5, 5, -7, -7, -7);
    assertEquals(Math.log(3), apply(new CrossEntropy(), logits, vector(0, 2)).get(0).get(0), 1e-12);
  }

  @Test
  void crossEntropyIsTheMeanOverTheBatch() {
    // Row 0: log(1 + 3) for the first class; row 1: log(4/3) for the second.
    Values logits = matrix(2, 0, Math.log(3), 0, Math.log(3));
    double expected = (Math.log(4) + Math.log(4.0 / 3)) / 2;
    assertEquals(expected, apply(new CrossEntropy(), logits, vector(0, 1)).get(0).get(0), 1e-12);
  }

  @Test
  void certainAndWrongCostsTheDistanceOfTheLogits() {
    Values logits = matrix(1, 1e4, -1e4);
    assertEquals(2e4, apply(new CrossEntropy(), logits, vector(1)).get(0).get(0), 1e-9);
  }

  @Test
  void labelThatIsNoClassMakesTheLossNotANumber() {
    Values logits = matrix(1, 1, 2);
    assertTrue(Double.isNaN(apply(new CrossEntropy(), logits, vector(2)).get(0).get(0)));
  }

  @Test
  void oneHotTargetsGiveTheHardCrossEntropy() {
    Values logits = matrix(2, 0.3, -1, 2, 1, 0, -0.5);
    double hard = apply(new CrossEntropy(), logits, vector(2, 1)).get(0).get(0);
    double soft = apply(new SoftCrossEntropy(), logits, matrix(2, 0, 0, 1, 0, 1, 0)).get(0).get(0);
    assertEquals(hard, soft, 1e-12);
  }

  @Test
  void teacherAndStudentThatAgreeOnTheOldClassesCostNothing() {
    Values student = matrix(2, 1, 2, 9, -1, 4, -9);
    Values teacher = matrix(2, 11, 12, -1, 4);
    List<Values> outputs = apply(new KdLoss(2), student, teacher);
    assertEquals(0, outputs.get(0).get(0), 1e-12);
    for (int i = 0; i < outputs.get(1).size(); i++) {
      assertEquals(0, outputs.get(1).get(i), 1e-12);
    }
  }

  @Test
  void distillationByHand() {
    // T = 2: q = (3/4, 1/4), p = (1/2, 1/2), so 4 (3/4 log(3/2) + 1/4 log(1/2)).
    Values student = matrix(1, 0, 0, 100);
    Values teacher = matrix(1, 2 * Math.log(3), 0);
    double expected = 4 * (0.75 * Math.log(1.5) + 0.25 * Math.log(0.5));
    assertEquals(expected, apply(new KdLoss(2), student, teacher).get(0).get(0), 1e-12);
  }

  @Test
  void teacherThatKnowsMoreClassesThanTheStudentIsRefused() {
    var refused =
        assertThrows(
            ShapeException.class, () -> new KdLoss(2).outputs(List.of(shape(4, 8), shape(4, 9))));
    assertTrue(refused.getMessage().contains("the teacher knows 9 classes"), refused.getMessage());
  }

  @Test
  void meanSquaredErrorAveragesOverAllElements() {
    Values a = matrix(2, 1, 2, 3, 4);
    Values b = matrix(2, 1, 0, 3, 1);
    assertEquals(13.0 / 4, apply(new MeanSquaredError(), a, b).get(0).get(0), 1e-12);
  }
}
