package engram.learn.exercise;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.op.AddBias;
import engram.op.LeakyRelu;
import engram.op.MatMul;
import engram.op.Op;
import engram.op.OpCase;
import engram.op.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A mistake that leaves a mark is named. */
class LikelyCauseTest {
  private static final Values EXPECTED =
      new Values(shape(2, 3), new double[] {1, -2, 3, 4, 5, 7}, 0);

  private static String cause(Values received) {
    return Diagnosis.of(EXPECTED, received).orElse("unknown");
  }

  private static Values of(double... numbers) {
    return new Values(shape(2, 3), numbers, 0);
  }

  @Test
  void whatWasNeverWritten() {
    assertTrue(cause(of(Numbers.UNWRITTEN, -2, 3, 4, 5, 7)).contains("never written"));
    Values nothing = Values.zeros(shape(2, 3));
    nothing.fill(Numbers.UNWRITTEN);
    assertTrue(cause(nothing).contains("nothing was written to it"));
    double computed = Double.POSITIVE_INFINITY / Double.POSITIVE_INFINITY;
    assertTrue(cause(of(computed, -2, 3, 4, 5, 7)).contains("infinity / infinity"));
    assertTrue(cause(of(Numbers.UNWRITTEN + 1, -2, 3, 4, 5, 7)).contains("never written"));
  }

  @Test
  void zerosCopiesSignsAndFactors() {
    assertTrue(cause(of(0, 0, 0, 0, 0, 0)).contains("every element that you wrote is 0"));
    assertTrue(cause(of(-1, 2, -3, -4, -5, -7)).contains("sign"));
    assertTrue(cause(of(2, -4, 6, 8, 10, 14)).contains("2 times"));
    assertTrue(cause(of(3, -6, 9, 12, 15, 21)).contains("3 times"));
    Values x = of(9, 9, 9, 9, 9, 8);
    assertTrue(Diagnosis.copy(List.of("x"), List.of(x), x).orElse("").contains("copy of x"));
  }

  /** Not only 2 and 3; but of two numbers some factor always holds. */
  @Test
  void anyFactorOfManyNumbers() {
    assertTrue(cause(of(0.2, -0.4, 0.6, 0.8, 1, 1.4)).contains("1/5 of what it should be"));
    assertTrue(cause(of(1.7, -3.4, 5.1, 6.8, 8.5, 11.9)).contains("1.7 times"));
    Values two = new Values(shape(2), new double[] {0, 2}, 0);
    Values other = new Values(shape(2), new double[] {0, 2.6}, 0);
    assertEquals(Optional.empty(), Diagnosis.of(two, other));
  }

  @Test
  void aMeanThatWasNotDivided() {
    Values seven = new Values(shape(7), new double[] {1, 2, 3, 4, 5, 6, 8}, 0);
    Values received = Values.zeros(shape(7));
    received.map(seven, value -> 7 * value);
    assertTrue(Diagnosis.of(seven, received).orElse("").contains("is a factor 1/7 missing"));
  }

  @Test
  void aTransposedResult() {
    assertTrue(cause(of(1, 4, -2, 5, 3, 7)).contains("transpose"));
  }

  @Test
  void aResultThatIsSimplyWrongHasNoCause() {
    assertEquals("unknown", cause(of(1, -2, 3, 4, 5, 8)));
  }

  private static String ofGradient(
      Op op, int operand, OwnGradient.Gradient gradient, OpCase opCase) {
    Verdict verdict =
        new OwnGradient(op, List.of(opCase), operand, "dx", gradient, new LinkedHashMap<>())
            .check();
    return String.join("\n", assertInstanceOf(Verdict.Failed.class, verdict).details());
  }

  @Test
  void aContributionThatOverwritesTheOneBefore() {
    AddBias op = new AddBias();
    String said =
        ofGradient(
            op,
            1,
            (_, _, _, dy, db) ->
                IntStream.range(0, dy.size()).forEach(i -> db.set(i % db.size(), dy.get(i))),
            OpCase.of(op, shape(3, 2), shape(2)));
    assertTrue(said.contains("you forgot to accumulate"), said);
  }

  @Test
  void theChainRuleForgotten() {
    MatMul op = new MatMul(false, false);
    String said =
        ofGradient(
            op,
            0,
            (_, in, _, _, da) -> {
              Values b = in.get(1);
              for (int i = 0; i < da.size(); i++) {
                da.set(i, b.row(i % da.dim(1)).sum());
              }
            },
            OpCase.of(op, shape(2, 3), shape(3, 2)));
    assertTrue(said.contains("as if what comes from behind (dy, or dloss) were 1"), said);
  }

  @Test
  void theOpsOwnDerivativeForgotten() {
    LeakyRelu op = new LeakyRelu(0.1f);
    String said =
        ofGradient(op, 0, (_, _, _, dy, dx) -> dx.map(dy, value -> value), OpCase.of(op, shape(9)));
    assertTrue(said.contains("your result is dy itself"), said);
  }

  /** The comparison of backends names the node that differs, not those behind it. */
  @Test
  void anOpThatIsWrongOnlyInTheTrainingStepIsNamedThere() {
    Verdict verdict =
        CourseStep.compare(
            op ->
                op instanceof LeakyRelu
                    ? Optional.of((in, out) -> out.get(0).map(in.get(0), x -> Math.max(0, x)))
                    : Optional.empty());
    String where = assertInstanceOf(Verdict.Failed.class, verdict).where();
    assertTrue(where.matches("in a training step, node 2 of \\d+: leaky_relu.*"), where);
  }
}
