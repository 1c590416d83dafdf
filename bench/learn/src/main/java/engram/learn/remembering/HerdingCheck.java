package engram.learn.remembering;

import static engram.learn.remembering.LossCheck.matrix;
import static engram.tensor.Shape.shape;

import engram.cl.memory.Herding;
import engram.learn.api.Remembering;
import engram.learn.exercise.Verdict;
import engram.op.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Grades herding, against the memory of engram run. */
final class HerdingCheck {
  private static final int CASES = 30;

  /** Wrong ways that are often gone. */
  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(
              "these are the rows nearest to the mean, one by one: what counts is the mean of all"
                  + " that are chosen, the new one among them",
              (features, count) -> {
                float[][] unit = unit(features);
                return chosen(unit, mean(unit), count, false);
              }),
          new Mistake(
              "rows were compared as they are: scale each to length one first",
              (features, count) -> {
                float[][] rows = rows(features);
                return chosen(rows, mean(rows), count, true);
              }),
          new Mistake(
              "the mean was scaled to length one, too: only the rows are, their mean stays as it"
                  + " is",
              (features, count) -> {
                float[][] unit = unit(features);
                return chosen(unit, scaled(mean(unit)), count, true);
              }),
          new Mistake(
              "the mean is that of the rows as they came: it is the mean of the rows of length one",
              (features, count) -> chosen(unit(features), mean(rows(features)), count, true)));

  /** Something to choose from. */
  private record Case(String text, Values features, int count) {}

  /** A wrong way, and what it chooses. */
  private record Mistake(String cause, BiFunction<Values, Integer, int[]> way) {}

  private HerdingCheck() {}

  static Verdict check(Remembering.Herding mine) {
    List<Case> cases = cases();
    cases.forEach(each -> require(mine, each, cases));
    return Verdict.passed(
        "%d sets of features, against the herding of engram run".formatted(cases.size()));
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("the example of the text", matrix(2, 2, 0, 0, 1, 3, 4), 2));
    cases.add(new Case("two rows that are equal", matrix(2, 1, 2, 1, 2, 5, 0), 2));
    for (int i = 0; i < CASES; i++) {
      int rows = 3 + i % 10;
      Values features = LinearNetwork.normal(i, "features", shape(rows, 2 + i % 4));
      features.map(features, x -> (float) (x + 0.5));
      String text = "case %d: %d rows of %d features".formatted(i + 1, rows, 2 + i % 4);
      cases.add(new Case(text, features, 1 + i % rows));
    }
    return cases;
  }

  private static void require(Remembering.Herding mine, Case each, List<Case> cases) {
    Values given = LossCase.copy(each.features);
    Verdict.Failed where = Verdict.failed("herding, %s, count %d".formatted(each.text, each.count));
    int[] received = Verdict.answer(where, () -> mine.choose(given, each.count));
    int[] expected = right(each);
    if (LossCase.differs(each.features, given)) {
      throw new Verdict.Stop(
          Verdict.failed("herding, %s: your method changed the features".formatted(each.text))
              .and("others read them, too: make rows of length one in an array of your own"));
    }
    if (!Arrays.equals(expected, received)) {
      throw new Verdict.Stop(
          where
              .expected(Arrays.toString(expected), Arrays.toString(received))
              .likely(plain(each, received).or(() -> cause(mine, cases))));
    }
  }

  private static int[] right(Case of) {
    return Herding.choose(rows(of.features), of.count);
  }

  /** What an answer itself tells. */
  private static Optional<String> plain(Case each, int[] received) {
    if (received == null || received.length != each.count) {
      return Optional.of("as many numbers of rows as count says are to be returned");
    }
    int rows = each.features.dim(0);
    if (Arrays.stream(received).anyMatch(i -> i < 0 || i >= rows)) {
      return Optional.of("rows are counted from 0 to %d".formatted(rows - 1));
    }
    return Arrays.stream(received).distinct().count() < each.count
        ? Optional.of("a row was chosen twice: remember which are taken")
        : Optional.empty();
  }

  /** Several wrong ways choose the same rows of a few; the cause explains all that is answered. */
  private static Optional<String> cause(Remembering.Herding mine, List<Case> cases) {
    List<int[]> answers = cases.stream().map(each -> answer(mine, each)).toList();
    return MISTAKES.stream()
        .filter(
            mistake ->
                all(
                    cases,
                    i ->
                        Arrays.equals(
                            answers.get(i),
                            mistake.way.apply(cases.get(i).features, cases.get(i).count))))
        .map(Mistake::cause)
        .findFirst()
        .or(
            () ->
                all(cases, i -> Arrays.equals(sorted(answers.get(i)), sorted(right(cases.get(i)))))
                    ? Optional.of(
                        "the right rows in another order: return them as they were chosen")
                    : Optional.empty());
  }

  private static boolean all(List<Case> cases, IntPredicate holds) {
    return IntStream.range(0, cases.size()).allMatch(holds);
  }

  /** What the learner's method chooses; nothing where it throws. */
  private static int[] answer(Remembering.Herding mine, Case each) {
    try {
      int[] answer = mine.choose(LossCase.copy(each.features), each.count);
      return answer == null ? new int[0] : answer;
    } catch (RuntimeException | StackOverflowError _) {
      return new int[0];
    }
  }

  private static int[] sorted(int[] numbers) {
    return Arrays.stream(numbers).sorted().toArray();
  }

  private static float[][] rows(Values features) {
    return IntStream.range(0, features.dim(0))
        .mapToObj(features::row)
        .map(Values::toFloats)
        .toArray(float[][]::new);
  }

  private static float[][] unit(Values features) {
    return Arrays.stream(rows(features)).map(Herding::normalised).toArray(float[][]::new);
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

  private static double[] scaled(double[] vector) {
    double length = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    return Arrays.stream(vector).map(x -> x / length).toArray();
  }

  /**
   * Rows near to a mean.
   *
   * @param together whether the mean of all that are chosen counts; else each row by itself
   */
  private static int[] chosen(float[][] rows, double[] mean, int count, boolean together) {
    double[] sum = new double[mean.length];
    int[] chosen = new int[count];
    boolean[] taken = new boolean[rows.length];
    for (int k = 0; k < count; k++) {
      int size = together ? k + 1 : 1;
      chosen[k] =
          IntStream.range(0, rows.length)
              .filter(i -> !taken[i])
              .boxed()
              .min(Comparator.comparingDouble(i -> distance(rows[i], size, sum, mean)))
              .orElseThrow();
      taken[chosen[k]] = true;
      for (int d = 0; d < sum.length && together; d++) {
        sum[d] += rows[chosen[k]][d];
      }
    }
    return chosen;
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
