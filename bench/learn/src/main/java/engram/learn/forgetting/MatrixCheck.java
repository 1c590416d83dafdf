package engram.learn.forgetting;

import engram.cl.metrics.IncrementalMetrics;
import engram.learn.api.Forgetting;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.random.CounterRandom;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Grades what a learner reads from an accuracy matrix. */
final class MatrixCheck {
  private static final double TOLERANCE = 1e-9;
  private static final int DRAWN = 200;

  /** A matrix and what was worked out by hand. */
  private record Worked(double[][] a, double average, double forgetting, double transfer) {}

  private static final List<Worked> WORKED =
      List.of(
          // The example of the text.
          new Worked(new double[][] {{0.9}, {0.6, 0.8}, {0.4, 0.7, 0.95}}, 2.05 / 3, 0.3, -0.3),
          // Task 0 is best after task 1: forgetting is (0.8 - 0.3 + 0.9 - 0.5) / 2.
          new Worked(new double[][] {{0.7}, {0.8, 0.9}, {0.3, 0.5, 0.7}}, 0.5, 0.45, -0.4),
          // Old tasks get better: forgetting is negative.
          new Worked(new double[][] {{0.5}, {0.75, 0.25}}, 0.5, -0.25, 0.25),
          // All is forgotten at once.
          new Worked(new double[][] {{1}, {0, 1}, {0, 0, 1}, {0, 0, 0, 1}}, 0.25, 1, -1),
          // One task: there is nothing to forget.
          new Worked(new double[][] {{0.6}}, 0.6, 0, 0));

  /** One number that the learner's class reads, what is right, and mistakes that others made. */
  private record Metric(
      String name, ToDoubleFunction<double[][]> received, List<Mistake> mistakes) {}

  private record Mistake(String cause, ToDoubleFunction<double[][]> result) {}

  private MatrixCheck() {}

  static Verdict check(Forgetting.AccuracyMatrix mine) {
    Metric average = new Metric("averageAccuracy", mine::averageAccuracy, AVERAGE);
    Metric forgetting = new Metric("forgetting", mine::forgetting, FORGETTING);
    Metric transfer = new Metric("backwardTransfer", mine::backwardTransfer, TRANSFER);
    for (Worked worked : WORKED) {
      require(average, worked.a(), worked.average());
      require(forgetting, worked.a(), worked.forgetting());
      require(transfer, worked.a(), worked.transfer());
    }
    for (int i = 0; i < DRAWN; i++) {
      double[][] a = drawn(i);
      var matrix = engram.cl.metrics.AccuracyMatrix.ofEqualTasks(a);
      require(average, a, matrix.taskMeans()[a.length - 1]);
      require(forgetting, a, IncrementalMetrics.forgetting(matrix).orElse(0));
      require(transfer, a, IncrementalMetrics.backwardTransfer(matrix).orElse(0));
    }
    return Verdict.passed(
        "average accuracy, forgetting and backward transfer of %d matrices worked by hand"
            .formatted(WORKED.size()),
        "the same of %d drawn ones, against the metrics of engram run".formatted(DRAWN));
  }

  private static double[][] drawn(int number) {
    CounterRandom random = CounterRandom.of(number, "accuracy matrix");
    int tasks = 1 + random.below(6, 1000);
    return IntStream.range(0, tasks)
        .mapToObj(t -> IntStream.rangeClosed(0, t).mapToDouble(i -> share(random, t, i)).toArray())
        .toArray(double[][]::new);
  }

  private static double share(CounterRandom random, int t, int i) {
    return random.below(101, 10 * t + i) / 100.0;
  }

  private static void require(Metric metric, double[][] a, double expected) {
    double[][] given = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    Verdict.Failed where = Verdict.failed("%s of the matrix %s".formatted(metric.name(), text(a)));
    double received = Verdict.answer(where, () -> metric.received().applyAsDouble(given));
    if (!Arrays.deepEquals(a, given)) {
      throw new Verdict.Stop(
          Verdict.failed(metric.name() + " changed the matrix that it was given")
              .and("others read it, too: only read it"));
    }
    if (Math.abs(received - expected) <= TOLERANCE) {
      return;
    }
    throw new Verdict.Stop(
        where
            .expected(Numbers.text(expected), Numbers.text(received))
            .likely(
                metric.mistakes().stream()
                    .filter(each -> same(each.result().applyAsDouble(a), received))
                    .map(Mistake::cause)
                    .findFirst()));
  }

  private static boolean same(double a, double b) {
    return Double.compare(a, b) == 0 || Math.abs(a - b) <= TOLERANCE;
  }

  /** Row after row. */
  private static String text(double[][] a) {
    return Arrays.stream(a)
        .map(
            row ->
                Arrays.stream(row)
                    .mapToObj(BigDecimal::valueOf)
                    .map(x -> x.stripTrailingZeros().toPlainString())
                    .collect(Collectors.joining(" ")))
        .collect(Collectors.joining(" | ", "[", "]"));
  }

  private static final Mistake ZERO = new Mistake("it is 0, whatever the matrix", a -> 0);
  private static final Mistake NOTHING_TO_AVERAGE =
      new Mistake(
          "0 / 0: with one task there is nothing to forget, and the answer is 0",
          a -> a.length == 1 ? Double.NaN : Double.POSITIVE_INFINITY);

  private static final List<Mistake> AVERAGE =
      List.of(
          ZERO,
          new Mistake(
              "the first row and not the last: the accuracy after the first task", a -> a[0][0]),
          new Mistake("a sum, not a mean", a -> Arrays.stream(a[a.length - 1]).sum()),
          new Mistake(
              "the mean over all rows (that is the average incremental accuracy); here only the"
                  + " last row counts",
              a -> Arrays.stream(a).mapToDouble(MatrixCheck::mean).average().orElse(0)),
          new Mistake(
              "the diagonal: each task just after it was learnt; the last row is meant",
              a -> IntStream.range(0, a.length).mapToDouble(i -> a[i][i]).average().orElse(0)));

  private static final List<Mistake> FORGETTING =
      List.of(
          NOTHING_TO_AVERAGE,
          new Mistake("the sign: best before minus last, in this order", a -> -forgotten(a, 1, 1)),
          new Mistake(
              "divided by all tasks: the last one has had no time to be forgotten, so it does not"
                  + " count",
              a -> forgotten(a, 1, 0)),
          new Mistake(
              "the last row is among those in which you look for the best: then nothing can get"
                  + " better, and negative forgetting is lost",
              a -> forgotten(a, 0, 1)),
          new Mistake(
              "the accuracy just after learning stands in for the best one; that is backward"
                  + " transfer with the other sign",
              a -> -IncrementalMetrics.backwardTransfer(matrix(a)).orElse(0)),
          ZERO);

  private static final List<Mistake> TRANSFER =
      List.of(
          NOTHING_TO_AVERAGE,
          new Mistake(
              "the sign: last minus just learnt, in this order",
              a -> -IncrementalMetrics.backwardTransfer(matrix(a)).orElse(0)),
          new Mistake(
              "divided by all tasks: the last one was learnt last, so it does not count",
              a ->
                  IncrementalMetrics.backwardTransfer(matrix(a)).orElse(0)
                      * (a.length - 1)
                      / a.length),
          new Mistake(
              "the best accuracy stands in for the one just after learning; that is forgetting"
                  + " with the other sign",
              a -> -forgotten(a, 1, 1)),
          ZERO);

  private static engram.cl.metrics.AccuracyMatrix matrix(double[][] a) {
    return engram.cl.metrics.AccuracyMatrix.ofEqualTasks(a);
  }

  private static double mean(double[] row) {
    return Arrays.stream(row).average().orElse(0);
  }

  /** Forgetting whose best is looked for in all but {@code less} rows, divided by T - fewer. */
  private static double forgotten(double[][] a, int less, int fewer) {
    int last = a.length - 1;
    double sum =
        IntStream.range(0, last)
            .mapToDouble(
                i ->
                    IntStream.range(i, a.length - less).mapToDouble(l -> a[l][i]).max().orElse(0)
                        - a[last][i])
            .sum();
    return sum / Math.max(1, a.length - fewer);
  }
}
