package engram.learn.remembering;

import static engram.learn.remembering.LossCheck.matrix;
import static engram.tensor.Shape.shape;

import engram.learn.api.Remembering;
import engram.learn.exercise.Diagnosis;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.op.Values;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Grades weight aligning. */
final class AligningCheck {
  private static final double TOLERANCE = 1e-9;
  private static final int CASES = 8;

  private AligningCheck() {}

  static Verdict check(Remembering.WeightAligning mine) {
    require(mine, "the example of the text", matrix(2, 3, 4, 0, 1, 6, 8), 2);
    for (int i = 0; i < CASES; i++) {
      int classes = 2 + i % 5;
      int old = 1 + i % (classes - 1);
      Values weight = LinearNetwork.normal(i, "weight", shape(classes, 3 + i));
      require(
          mine,
          "case %d: weight [%d, %d], %d old classes".formatted(i + 1, classes, 3 + i, old),
          weight,
          old);
    }
    return Verdict.passed("%d classifiers aligned".formatted(CASES + 1));
  }

  private static void require(
      Remembering.WeightAligning mine, String text, Values weight, int old) {
    Values given = LossCase.copy(weight);
    Values received = Values.zeros(weight.shape());
    received.fill(Numbers.UNWRITTEN);
    Verdict.during(
        Verdict.failed("weight-aligning, " + text), () -> mine.align(given, old, received));
    if (LossCase.differs(weight, given)) {
      throw new Verdict.Stop(
          Verdict.failed("weight-aligning, %s: your method changed weight".formatted(text))
              .and("write to aligned only"));
    }
    Values expected = scaled(weight, old, 1, ratio(weight, old));
    OptionalInt wrong = Numbers.firstWrong(expected, received, TOLERANCE);
    if (wrong.isPresent()) {
      int i = wrong.getAsInt();
      int row = i / weight.dim(1);
      throw new Verdict.Stop(
          Verdict.failed(
                  "weight-aligning, %s: aligned%s, of %s class"
                      .formatted(
                          text, Numbers.place(weight.shape(), i), row < old ? "an old" : "a new"))
              .expected(Numbers.text(expected.get(i)), Numbers.text(received.get(i)))
              .likely(cause(weight, old, expected, received)));
    }
  }

  private static Optional<String> cause(Values weight, int old, Values expected, Values received) {
    double ratio = ratio(weight, old);
    if (same(weight, received)) {
      return Optional.of("nothing was scaled: the result is a copy of weight");
    }
    if (same(scaled(weight, old, 1, 1 / ratio), received)) {
      return Optional.of("the ratio is upside down: mean length of old rows over that of new ones");
    }
    if (same(scaled(weight, old, ratio, 1), received)) {
      return Optional.of("old rows were scaled: they stay, and the new ones are scaled");
    }
    if (same(scaled(weight, old, ratio, ratio), received)) {
      return Optional.of("all rows were scaled: only those of new classes are");
    }
    if (same(each(weight, old), received)) {
      return Optional.of(
          "each new row got the mean length of the old ones: all are scaled by one number, so that"
              + " longer ones stay longer");
    }
    double squares = meanSquare(weight, 0, old) / meanSquare(weight, old, weight.dim(0));
    if (same(scaled(weight, old, 1, squares), received)) {
      return Optional.of("squared lengths: the root is missing");
    }
    return Diagnosis.of(expected, received);
  }

  private static boolean same(Values a, Values b) {
    return Numbers.firstWrong(a, b, TOLERANCE).isEmpty();
  }

  private static double ratio(Values weight, int old) {
    return meanLength(weight, 0, old) / meanLength(weight, old, weight.dim(0));
  }

  private static double meanLength(Values weight, int from, int to) {
    return IntStream.range(from, to).mapToDouble(k -> length(weight, k)).average().orElseThrow();
  }

  private static double meanSquare(Values weight, int from, int to) {
    return IntStream.range(from, to)
        .mapToDouble(k -> length(weight, k) * length(weight, k))
        .average()
        .orElseThrow();
  }

  private static double length(Values weight, int k) {
    return Math.sqrt(weight.row(k).dot(weight.row(k)));
  }

  private static Values scaled(Values weight, int old, double ofOld, double ofNew) {
    Values result = Values.zeros(weight.shape());
    for (int k = 0; k < weight.dim(0); k++) {
      double factor = k < old ? ofOld : ofNew;
      result.row(k).map(weight.row(k), x -> factor * x);
    }
    return result;
  }

  private static Values each(Values weight, int old) {
    Values result = LossCase.copy(weight);
    double length = meanLength(weight, 0, old);
    for (int k = old; k < weight.dim(0); k++) {
      double factor = length / length(weight, k);
      result.row(k).map(weight.row(k), x -> factor * x);
    }
    return result;
  }
}
