package engram.bench.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.catalog.Strategies;
import engram.cl.experiment.RunEvent.StrategyDiverged;
import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.Confusion;
import engram.cl.result.StrategyRun;
import engram.cl.result.StrategySummary;
import engram.cl.result.TaskResult;
import engram.cl.task.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultTableTest {

  /**
   * The best but joint is er: 70, 80; lwf has 40, 46; the differences are -30 and -34, 20 and 14.
   */
  @Test
  void differencesAreThoseToTheBestStrategyOnTheSameSeeds() {
    assertEquals(
        """
        same seeds, last task: minus er   points    95 % interval
        lwf                                -32.0   -57.4 to -6.6
        joint                              +17.0   -21.1 to +55.1
        """
            .lines()
            .map(line -> line.replaceAll(" {2,}", "  "))
            .toList(),
        ResultTable.differences(
                List.of(
                    run("lwf", 1, 0.4),
                    run("lwf", 2, 0.46),
                    run("er", 1, 0.7),
                    run("er", 2, 0.8),
                    run("joint", 1, 0.9),
                    run("joint", 2, 0.94)))
            .lines()
            .map(line -> line.replaceAll(" {2,}", "  "))
            .toList());
  }

  /** After one task of two, er stopped in seed 3; what it reached there is of fewer classes. */
  @Test
  void runsThatWereStoppedDoNotCount() {
    List<StrategyRun> runs =
        List.of(
            run("lwf", 1, 0.4),
            run("lwf", 2, 0.46),
            run("er", 1, 0.7),
            run("er", 2, 0.8),
            run("lwf", 3, 0.5));
    List<StrategyRun> stopped = new ArrayList<>(runs);
    stopped.add(afterOneTask("er", 3, 0.1));
    assertTrue(ResultTable.differences(runs).contains("minus er"));
    assertEquals(ResultTable.differences(runs), ResultTable.differences(stopped));
  }

  @Test
  void oneSeedHasNoIntervalAndOneStrategyNoDifference() {
    assertEquals("", ResultTable.differences(List.of(run("lwf", 1, 0.4), run("er", 1, 0.7))));
    assertEquals("", ResultTable.differences(List.of(run("er", 1, 0.4), run("er", 2, 0.7))));
    assertEquals("", ResultTable.differences(List.of()));
  }

  @Test
  void aStrategyThatKeepsNoImagesSaysWhyOldClassesScoreZero() {
    String table =
        ResultTable.text(
            StrategySummary.of(List.of(run("si", 1, 0.1))),
            List.of(),
            Scenario.CLASS,
            Strategies.BUILT_IN);
    assertTrue(table.contains("si keeps no images, so no loss ever compares"), table);
    String other =
        ResultTable.text(
            StrategySummary.of(List.of(run("er", 1, 0.1))),
            List.of(),
            Scenario.CLASS,
            Strategies.BUILT_IN);
    assertFalse(other.contains("no loss ever compares"), other);
    String told =
        ResultTable.text(
            StrategySummary.of(List.of(run("si", 1, 0.1))),
            List.of(),
            new Scenario(Scenario.Kind.TASK, 0),
            Strategies.BUILT_IN);
    assertFalse(told.contains("no loss ever compares"), "there it does not apply");
  }

  @Test
  void aStrategyWhoseTrainingDivergedIsARowThatSaysInWhichTask() {
    StrategyDiverged lost = new StrategyDiverged("lwf", 3, 1, 31, "the loss is NaN");
    String table =
        ResultTable.text(
            StrategySummary.of(List.of(run("er", 1, 0.1))),
            List.of(lost),
            Scenario.CLASS,
            Strategies.BUILT_IN);
    assertTrue(table.lines().anyMatch(line -> line.matches("lwf, seed 3 +diverged")), table);
    String alone = ResultTable.text(List.of(), List.of(lost), Scenario.CLASS, Strategies.BUILT_IN);
    assertTrue(alone.contains("diverged"), alone);
    assertEquals(
        "lwf, seed 3: training diverged in task 2, step 31: the loss is NaN; use a smaller --lr, or"
            + " --clip 1",
        lost.toString());
  }

  private static StrategyRun run(String strategy, long seed, double accuracy) {
    return of(strategy, seed, new double[][] {{accuracy}, {accuracy, accuracy}});
  }

  private static StrategyRun afterOneTask(String strategy, long seed, double accuracy) {
    return of(strategy, seed, new double[][] {{accuracy}});
  }

  private static StrategyRun of(String strategy, long seed, double[][] accuracies) {
    TaskResult result = new TaskResult(strategy, seed, 0, 1, 90, 90, 90, 3);
    AccuracyMatrix matrix = AccuracyMatrix.ofEqualTasks(accuracies);
    return new StrategyRun(
        strategy, seed, List.of(result), matrix, matrix, new Confusion(1), Optional.empty());
  }
}
