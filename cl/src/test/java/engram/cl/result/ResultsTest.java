package engram.cl.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.Confusion;
import engram.cl.metrics.Estimate;
import engram.cl.metrics.TestAnswers;
import engram.cl.task.ClassOrder;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static final double EXACT = 1e-9;

  @Test
  void resultsOfATaskArePercentOfEachKindOfAccuracy() {
    TaskSplit split = new TaskSplit(ClassOrder.given(3), TaskSizes.even(3, 2)); // labels 0 1 | 2
    Confusion confusion = new Confusion(3);
    // class 0: 1 of 1, class 1: 1 of 3, class 2: 0 of 1
    for (int[] pair : new int[][] {{0, 0}, {1, 1}, {1, 0}, {1, 2}, {2, 1}}) {
      confusion.add(pair[0], pair[1]);
    }

    TaskResult result = TaskResult.of("er", 7, split, 1, TestAnswers.of(split, 1, confusion), 2.5);

    assertEquals(3, result.seenClasses());
    assertEquals(100 * 2 / 5.0, result.accuracy(), EXACT); // 2 of 5 images
    assertEquals(100 * (2 / 4.0 + 0) / 2, result.taskMeanAccuracy(), EXACT); // 2 of 4, 0 of 1
    assertEquals(100 * (1 + 1 / 3.0 + 0) / 3, result.macroAccuracy(), EXACT);
  }

  @Test
  void summaryTakesEachStrategyOverItsSeeds() {
    List<StrategySummary> summaries =
        StrategySummary.of(
            List.of(
                run("joint", 1, new double[][] {{0.9}, {0.9, 0.9}}),
                run("er", 1, new double[][] {{0.9}, {0.5, 0.9}}),
                run("er", 2, new double[][] {{0.8}, {0.6, 0.8}})));

    assertEquals(
        List.of("joint", "er"), summaries.stream().map(StrategySummary::strategy).toList());
    StrategySummary er = summaries.get(1);
    assertEquals(85, er.accuracy().getFirst().mean(), EXACT); // (90 + 80) / 2
    assertEquals(70, er.finalAccuracy().mean(), EXACT); // both seeds: (50 + 90) / 2, (60 + 80) / 2
    assertEquals(77.5, er.average().mean(), EXACT); // (90 + 70) / 2 = 80, (80 + 70) / 2 = 75
    assertEquals(30, er.forgetting().orElseThrow().mean(), EXACT); // 90 - 50, 80 - 60
    assertEquals(-30, er.backwardTransfer().orElseThrow().mean(), EXACT);
    assertEquals(2, er.average().count());
    assertEquals(Estimate.of(3.0), summaries.getFirst().seconds());
  }

  @Test
  void oneTaskHasNoForgetting() {
    StrategySummary summary =
        StrategySummary.of(List.of(run("er", 1, new double[][] {{0.9}}))).getFirst();

    assertEquals(Optional.empty(), summary.forgetting());
    assertEquals(Optional.empty(), summary.backwardTransfer());
  }

  @Test
  void seedThatDidFewerTasksLimitsWhatIsCompared() {
    StrategySummary summary =
        StrategySummary.of(
                List.of(
                    run("er", 1, new double[][] {{0.9}, {0.5, 0.9}}),
                    run("er", 2, new double[][] {{0.8}})))
            .getFirst();

    assertEquals(1, summary.accuracy().size());
    assertEquals(85, summary.finalAccuracy().mean(), EXACT);
    assertEquals(85, summary.average().mean(), EXACT);
    assertEquals(Optional.empty(), summary.forgetting());
  }

  @Test
  void pairsAreComparedOnTheSeedsThatBothHave() {
    List<PairedDifference> pairs =
        PairedDifference.of(
            List.of(
                run("er", 1, new double[][] {{0.8}}),
                run("er", 2, new double[][] {{0.7}}),
                run("lwf", 2, new double[][] {{0.5}}),
                run("lwf", 1, new double[][] {{0.5}}),
                run("lwf", 3, new double[][] {{0.1}}),
                run("joint", 9, new double[][] {{0.9}})));

    assertEquals(1, pairs.size());
    assertEquals("er", pairs.getFirst().strategy());
    assertEquals("lwf", pairs.getFirst().other());
    assertEquals(25, pairs.getFirst().difference().mean(), EXACT); // 80 - 50, 70 - 50
    assertEquals(2, pairs.getFirst().difference().count());
  }

  @Test
  void runsThatWereCutShortAreNotCompared() {
    assertEquals(
        List.of(),
        PairedDifference.of(
            List.of(
                run("er", 1, new double[][] {{0.8}, {0.5, 0.9}}),
                run("lwf", 1, new double[][] {{0.9}}))));
  }

  /** Joint training has 90 and 80 on each task when it is new; the strategy 80 and 50. */
  @Test
  void intransigenceComparesWithTheJointRunOfTheSameSeed() {
    List<StrategySummary> summaries =
        StrategySummary.of(
            List.of(
                run("er", 1, new double[][] {{0.8}, {0.1, 0.5}}),
                run("er", 2, new double[][] {{0.8}, {0.1, 0.5}}),
                run("joint", 1, new double[][] {{0.9}, {0.7, 0.8}})));
    var intransigence = summaries.getFirst().intransigence().orElseThrow();
    assertEquals(20, intransigence.mean(), EXACT); // (10 + 30) / 2
    assertEquals(1, intransigence.count(), "seed 2 has no joint run");
    assertTrue(summaries.getLast().intransigence().isEmpty());
    assertTrue(
        StrategySummary.of(List.of(run("er", 1, new double[][] {{0.8}})))
            .getFirst()
            .intransigence()
            .isEmpty());
  }

  private static StrategyRun run(String strategy, long seed, double[][] accuracies) {
    TaskResult result = new TaskResult(strategy, seed, 0, 1, 90, 90, 90, 3.0);
    AccuracyMatrix matrix = AccuracyMatrix.ofEqualTasks(accuracies);
    return new StrategyRun(
        strategy, seed, List.of(result), matrix, matrix, new Confusion(1), Optional.empty());
  }
}
