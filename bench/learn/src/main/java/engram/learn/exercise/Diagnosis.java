package engram.learn.exercise;

import engram.op.Values;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What a wrong result looks like: the mistakes that leave a mark, tried one after the other. */
public final class Diagnosis {
  private static final double TOLERANCE = 1e-5;

  /** Factors that are believed of two numbers or one, where every result is some factor off. */
  private static final double[] FACTORS = {2, 0.5, 3, 4, 0.25, 1 / 3.0};

  /** As many numbers do not share a factor by chance. */
  private static final int MANY = 3;

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
    if (isUnwritten(received)) {
      return Optional.of(
          "nothing was written to it, or added to the NaN that results hold before your method"
              + " runs: fill with 0 before you add");
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
    return candidates(expected, received)
        .filter(factor -> factor != 0 && factor != 1)
        .filter(factor -> is(expected, received, value -> factor * value))
        .mapToObj(Diagnosis::factor)
        .findFirst();
  }

  private static DoubleStream candidates(Values expected, Values received) {
    int[] other =
        IntStream.range(0, expected.size())
            .filter(i -> Double.isFinite(expected.get(i)) && expected.get(i) != 0)
            .toArray();
    if (other.length < MANY) {
      return Arrays.stream(FACTORS);
    }
    return Arrays.stream(other)
        .boxed()
        .max(Comparator.comparingDouble(i -> Math.abs(expected.get(i))))
        .map(i -> DoubleStream.of(received.get(i) / expected.get(i)))
        .orElseGet(DoubleStream::empty)
        .filter(Double::isFinite);
  }

  private static String factor(double factor) {
    double whole = Math.rint(1 / factor);
    boolean part = factor < 1 && Math.abs(whole * factor - 1) < TOLERANCE;
    return part
        ? "each element is 1/%.0f of what it should be: is it a sum, and divided as a mean is?"
            .formatted(whole)
        : "each element is %s times what it should be"
            .formatted(
                Numbers.text(
                    Math.abs(Math.rint(factor) - factor) < TOLERANCE ? Math.rint(factor) : factor));
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

  /** Whether nothing was written. */
  static boolean isUnwritten(Values received) {
    return all(received, Numbers::isUnwritten);
  }

  /**
   * The first known mistake whose result is the very one that was received.
   *
   * @param mistakes by what is wrong with them
   * @param result what one of them makes; if it leaves the operands, it is not that one
   */
  public static <T> Optional<String> mistake(
      Values received, SequencedMap<String, T> mistakes, Function<T, Values> result) {
    return mistakes.entrySet().stream()
        .filter(each -> makes(received, () -> result.apply(each.getValue())))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The first known mistake that leaves the operands at the very same place. */
  static <T> Optional<String> mistake(
      Throwable thrown, SequencedMap<String, T> mistakes, Consumer<T> run) {
    return thrown instanceof IndexOutOfBoundsException && thrown.getMessage() != null
        ? mistakes.entrySet().stream()
            .filter(each -> throwsLike(thrown.getMessage(), () -> run.accept(each.getValue())))
            .map(Map.Entry::getKey)
            .findFirst()
        : Optional.empty();
  }

  private static boolean throwsLike(String message, Runnable mistake) {
    try {
      mistake.run();
      return false;
    } catch (IndexOutOfBoundsException e) {
      return message.equals(e.getMessage());
    }
  }

  private static boolean makes(Values received, Supplier<Values> mistake) {
    try {
      return equal(mistake.get(), received);
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
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
