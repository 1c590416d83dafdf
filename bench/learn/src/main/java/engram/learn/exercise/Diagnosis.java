package engram.learn.exercise;

import engram.op.Values;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** What a wrong result looks like: the mistakes that leave a mark, tried one after the other. */
public final class Diagnosis {
  private static final double TOLERANCE = 1e-5;
  private static final double[] FACTORS = {2, 0.5, 3, 4, 0.25, 1 / 3.0};

  private Diagnosis() {}

  /**
   * The likely cause of a wrong result.
   *
   * @param operands what the result was made of
   * @param expected what is right
   * @param received what the learner's method made, NaN where it wrote nothing
   */
  public static Optional<String> of(List<Values> operands, Values expected, Values received) {
    if (unwritten(expected, received)) {
      return Optional.of(
          all(received, Double::isNaN)
              ? "your method wrote nothing; results hold NaN before it runs"
              : "it was never written, or it was read before: results hold NaN before your method"
                  + " runs, so a sum cannot begin with what they hold");
    }
    if (all(received, value -> value == 0)) {
      return Optional.of("every element that you wrote is 0");
    }
    for (int i = 0; i < operands.size(); i++) {
      if (operands.get(i).size() == received.size() && equal(operands.get(i), received)) {
        return Optional.of("your result is a copy of operand %d".formatted(i));
      }
    }
    if (is(expected, received, value -> -value)) {
      return Optional.of("the sign: each element is right but for that");
    }
    return factor(expected, received).or(() -> transposed(expected, received));
  }

  private static boolean unwritten(Values expected, Values received) {
    return IntStream.range(0, expected.size())
        .anyMatch(i -> Double.isNaN(received.get(i)) && !Double.isNaN(expected.get(i)));
  }

  private static Optional<String> factor(Values expected, Values received) {
    for (double factor : FACTORS) {
      if (is(expected, received, value -> factor * value)) {
        return Optional.of(
            "each element is %s times what it should be".formatted(Numbers.text(factor)));
      }
    }
    for (int axis = 0; axis < expected.shape().rank(); axis++) {
      int n = expected.dim(axis);
      if (n > 1 && is(expected, received, value -> n * value)) {
        return Optional.of(
            "the factor 1/%d is missing: a mean is a sum divided by how many there are"
                .formatted(n));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> transposed(Values expected, Values received) {
    if (expected.shape().rank() != 2) {
      return Optional.empty();
    }
    int rows = expected.dim(0);
    int columns = expected.dim(1);
    Values turned = Values.zeros(expected.shape());
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned.set(j * rows + i, expected.get(expected.index(i, j)));
      }
    }
    return equal(turned, received)
        ? Optional.of("it is the transpose of the right result: rows and columns are swapped")
        : Optional.empty();
  }

  private static boolean is(Values expected, Values received, DoubleUnaryOperator mistake) {
    Values wrong = Values.zeros(expected.shape());
    wrong.map(expected, mistake);
    return equal(wrong, received);
  }

  private static boolean equal(Values a, Values b) {
    return Numbers.firstWrong(a, b, TOLERANCE).isEmpty();
  }

  private static boolean all(Values values, java.util.function.DoublePredicate holds) {
    return IntStream.range(0, values.size()).allMatch(i -> holds.test(values.get(i)));
  }
}
