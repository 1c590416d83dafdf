package engram.learn.remembering;

import static engram.learn.remembering.LossCheck.matrix;
import static engram.tensor.Shape.shape;

import engram.cl.memory.Herding;
import engram.learn.api.Remembering;
import engram.learn.exercise.Verdict;
import engram.op.Values;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** Grades herding, against the memory of engram run. */
final class HerdingCheck {
  private static final int CASES = 30;

  private HerdingCheck() {}

  static Verdict check(Remembering.Herding mine) {
    require(mine, "the example of the text", matrix(2, 2, 0, 0, 1, 3, 4), 2);
    require(mine, "two rows that are equal", matrix(2, 1, 2, 1, 2, 5, 0), 2);
    for (int i = 0; i < CASES; i++) {
      int rows = 3 + i % 10;
      Values features = LinearNetwork.normal(i, "features", shape(rows, 2 + i % 4));
      features.map(features, x -> (float) (x + 0.5));
      require(
          mine,
          "case %d: %d rows of %d features".formatted(i + 1, rows, 2 + i % 4),
          features,
          1 + i % rows);
    }
    return Verdict.passed(
        "%d sets of features, against the herding of engram run".formatted(CASES + 2));
  }

  private static void require(Remembering.Herding mine, String text, Values features, int count) {
    Values given = LossCase.copy(features);
    Verdict.Failed where = Verdict.failed("herding, %s, count %d".formatted(text, count));
    int[] received = Verdict.answer(where, () -> mine.choose(given, count));
    int[] expected = Herding.choose(rows(features), count);
    if (LossCase.differs(features, given)) {
      throw new Verdict.Stop(
          Verdict.failed("herding, %s: your method changed the features".formatted(text))
              .and("others read them, too: make rows of length one in an array of your own"));
    }
    if (!Arrays.equals(expected, received)) {
      throw new Verdict.Stop(
          where
              .expected(Arrays.toString(expected), Arrays.toString(received))
              .likely(cause(features, count, expected, received)));
    }
  }

  private static Optional<String> cause(
      Values features, int count, int[] expected, int[] received) {
    if (received == null || received.length != count) {
      return Optional.of("as many numbers of rows as count says are to be returned");
    }
    if (Arrays.stream(received).anyMatch(i -> i < 0 || i >= features.dim(0))) {
      return Optional.of("rows are counted from 0 to %d".formatted(features.dim(0) - 1));
    }
    if (Arrays.stream(received).distinct().count() < count) {
      return Optional.of("a row was chosen twice: remember which are taken");
    }
    if (Arrays.equals(received, nearest(features, count))) {
      return Optional.of(
          "these are the rows nearest to the mean, one by one: what counts is the mean of all that"
              + " are chosen, the new one among them");
    }
    if (Arrays.equals(received, greedy(features, count))) {
      return Optional.of("rows were compared as they are: scale each to length one first");
    }
    int[] sorted = received.clone();
    Arrays.sort(sorted);
    int[] right = expected.clone();
    Arrays.sort(right);
    return Arrays.equals(sorted, right)
        ? Optional.of("the right rows in another order: return them as they were chosen")
        : Optional.empty();
  }

  private static float[][] rows(Values features) {
    return IntStream.range(0, features.dim(0))
        .mapToObj(features::row)
        .map(Values::toFloats)
        .toArray(float[][]::new);
  }

  private static int[] nearest(Values features, int count) {
    float[][] unit = Arrays.stream(rows(features)).map(Herding::normalised).toArray(float[][]::new);
    double[] mean = mean(unit);
    return IntStream.range(0, unit.length)
        .boxed()
        .sorted(
            Comparator.comparingDouble(i -> distance(unit[i], 1, new double[mean.length], mean)))
        .limit(count)
        .mapToInt(i -> i)
        .toArray();
  }

  /** Herding of rows that are not scaled. */
  private static int[] greedy(Values features, int count) {
    float[][] rows = rows(features);
    double[] mean = mean(rows);
    double[] sum = new double[mean.length];
    int[] chosen = new int[count];
    boolean[] taken = new boolean[rows.length];
    for (int k = 0; k < count; k++) {
      int size = k + 1;
      chosen[k] =
          IntStream.range(0, rows.length)
              .filter(i -> !taken[i])
              .boxed()
              .min(Comparator.comparingDouble(i -> distance(rows[i], size, sum, mean)))
              .orElseThrow();
      taken[chosen[k]] = true;
      for (int d = 0; d < sum.length; d++) {
        sum[d] += rows[chosen[k]][d];
      }
    }
    return chosen;
  }

  private static double[] mean(float[][] rows) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += row[d] / (double) rows.length;
      }
    }
    return mean;
  }

  /** Squared distance of (row + sum) / size from the mean. */
  private static double distance(float[] row, int size, double[] sum, double[] mean) {
    double distance = 0;
    for (int d = 0; d < mean.length; d++) {
      double off = (row[d] + sum[d]) / size - mean[d];
      distance += off * off;
    }
    return distance;
  }
}
