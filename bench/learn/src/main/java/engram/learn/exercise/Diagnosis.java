package engram.learn.exercise;

import engram.op.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
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
   * @param expected what is right
   * @param received what the learner's method made
   */
  public static Optional<String> of(Values expected, Values received) {
    Optional<String> notANumber = notANumber(expected, received);
    if (notANumber.isPresent()) {
      return notANumber;
    }
    if (all(received, value -> value == 0)) {
      return Optional.of("every element that you wrote is 0");
    }
    if (is(expected, received, value -> -value)) {
      return Optional.of("the sign: each element is right but for that");
    }
    return factor(expected, received).or(() -> transposed(expected, received));
  }

  private static Optional<String> notANumber(Values expected, Values received) {
    if (all(received, Numbers::isUnwritten)) {
      return Optional.of(
          "your method wrote nothing, or added to the NaN that results hold before it runs: fill"
              + " with 0 before you add");
    }
    return IntStream.range(0, expected.size())
        .filter(i -> Double.isNaN(received.get(i)) && !Double.isNaN(expected.get(i)))
        .mapToObj(i -> received.get(i))
        .findFirst()
        .map(
            nan ->
                Numbers.isUnwritten(nan)
                    ? "it was never written, or read before it was: results hold NaN before your"
                        + " method runs"
                    : "NaN is what infinity / infinity, infinity - infinity and 0 / 0 make");
  }

  /** Whether a result is one of the operands of the op, by its name. */
  public static Optional<String> copy(List<String> names, List<Values> operands, Values received) {
    return IntStream.range(0, operands.size())
        .filter(i -> operands.get(i).size() == received.size() && equal(operands.get(i), received))
        .mapToObj(i -> "your result is a copy of " + names.get(i))
        .findFirst();
  }

  private static Optional<String> factor(Values expected, Values received) {
    for (int axis = 0; axis < expected.shape().rank(); axis++) {
      int n = expected.dim(axis);
      if (n > 1 && is(expected, received, value -> n * value)) {
        return Optional.of(
            "each element is %d times what it should be, and axis %d has %d: is a factor 1/%d missing, that of a mean?"
                .formatted(n, axis, n, n));
      }
    }
    return Arrays.stream(FACTORS)
        .filter(factor -> is(expected, received, value -> factor * value))
        .mapToObj(Numbers::text)
        .map("each element is %s times what it should be"::formatted)
        .findFirst();
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

  private static boolean all(Values values, DoublePredicate holds) {
    return IntStream.range(0, values.size()).allMatch(i -> holds.test(values.get(i)));
  }
}
