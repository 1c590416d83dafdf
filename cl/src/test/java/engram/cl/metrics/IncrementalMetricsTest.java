package engram.cl.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class IncrementalMetricsTest {
  private static final double EXACT = 1e-12;

  /** Three tasks of 100, 300 and 100 test images; task 0 is best after task 1, not after itself. */
  private final AccuracyMatrix a =
      new AccuracyMatrix(
          new double[][] {{0.8}, {0.9, 0.7}, {0.5, 0.6, 0.95}}, new int[] {100, 300, 100});

  private final AccuracyMatrix oneTask = AccuracyMatrix.ofEqualTasks(new double[][] {{0.75}});

  @Test
  void pooledAccuracyWeighsTasksByTheirTestImages() {
    // (90 + 210) / 400 and (50 + 180 + 95) / 500
    assertArrayEquals(new double[] {0.8, 300 / 400.0, 325 / 500.0}, a.pooled(), EXACT);
  }

  @Test
  void taskMeanWeighsTasksTheSame() {
    // (0.9 + 0.7) / 2 = 0.8 and (0.5 + 0.6 + 0.95) / 3 = 2.05 / 3
    assertArrayEquals(new double[] {0.8, 0.8, 2.05 / 3}, a.taskMeans(), EXACT);
  }

  @Test
  void averageIncrementalAccuracyIsTheMeanOfTheCurve() {
    // (0.8 + 0.75 + 0.65) / 3 = 2.2 / 3
    assertEquals(2.2 / 3, IncrementalMetrics.averageIncremental(a.pooled()), EXACT);
    // (0.8 + 0.8 + 2.05 / 3) / 3 = 6.85 / 9
    assertEquals(6.85 / 9, IncrementalMetrics.averageIncremental(a.taskMeans()), EXACT);
  }

  @Test
  void forgettingIsTheFallFromTheBestEarlierAccuracy() {
    // task 0: max(0.8, 0.9) - 0.5 = 0.4; task 1: 0.7 - 0.6 = 0.1; mean 0.25
    assertEquals(0.25, IncrementalMetrics.forgetting(a).orElseThrow(), EXACT);
  }

  @Test
  void backwardTransferIsTheChangeSinceATaskWasLearnt() {
    // task 0: 0.5 - 0.8 = -0.3; task 1: 0.6 - 0.7 = -0.1; mean -0.2
    assertEquals(-0.2, IncrementalMetrics.backwardTransfer(a).orElseThrow(), EXACT);
  }

  @Test
  void forgettingIsNegativeWhenOldTasksGetBetter() {
    // 0.6 - 0.7
    AccuracyMatrix better = AccuracyMatrix.ofEqualTasks(new double[][] {{0.6}, {0.7, 0.9}});
    assertEquals(-0.1, IncrementalMetrics.forgetting(better).orElseThrow(), EXACT);
  }

  @Test
  void intransigenceIsWhatJointTrainingReachesBeyond() {
    AccuracyMatrix joint =
        AccuracyMatrix.ofEqualTasks(new double[][] {{0.85}, {0.8, 0.9}, {0.8, 0.8, 0.9}});
    // 0.85 - 0.8, 0.9 - 0.7, 0.9 - 0.95
    assertArrayEquals(
        new double[] {0.05, 0.2, -0.05}, IncrementalMetrics.intransigence(a, joint), EXACT);
  }

  @Test
  void intransigenceNeedsTheSameTasks() {
    assertEquals(
        "intransigence: 3 tasks were learnt, but joint training was measured on 1",
        assertThrows(
                IllegalArgumentException.class, () -> IncrementalMetrics.intransigence(a, oneTask))
            .getMessage());
  }

  @Test
  void oneTaskHasAccuracyButNothingToForget() {
    assertEquals(OptionalDouble.empty(), IncrementalMetrics.forgetting(oneTask));
    assertEquals(OptionalDouble.empty(), IncrementalMetrics.backwardTransfer(oneTask));
    assertEquals(0.75, IncrementalMetrics.averageIncremental(oneTask.pooled()), EXACT);
    assertEquals(0.75, oneTask.pooled(0), EXACT);
  }

  @Test
  void nothingMeasuredHasNoAverage() {
    assertThrows(
        IllegalArgumentException.class, () -> IncrementalMetrics.averageIncremental(new double[0]));
  }
}
