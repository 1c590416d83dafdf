package engram.op;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.tensor.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batch normalisation on numbers worked out by hand. */
class BatchNormTest {
  private final Values x = new Values(shape(4, 1), new double[] {1, 2, 3, 6}, 0);
  private final Values gamma = vector(2);
  private final Values beta = vector(-1);
  private final Values runningMean = vector(10);
  private final Values runningVariance = vector(1);
  private final Values y = Values.zeros(shape(4, 1));
  private final Values mean = vector(0);
  private final Values inverse = vector(0);

  private static Values vector(double... numbers) {
    return new Values(shape(numbers.length), numbers, 0);
  }

  private void train(float momentum) {
    new BatchNorm(momentum, 1e-5f)
        .reference(
            List.of(x, gamma, beta, runningMean, runningVariance), List.of(y, mean, inverse));
  }

  @Test
  void normalisesWithTheBiasedVarianceOfTheBatch() {
    train(0.1f);
    double deviation = Math.sqrt((4 + 1 + 0 + 9) / 4.0 + 1e-5f);
    assertEquals(3, mean.get(0));
    assertEquals(1 / deviation, inverse.get(0), 1e-15);
    assertEquals(2 * (6 - 3) / deviation - 1, y.get(3), 1e-15);
  }

  @Test
  void runningStatisticsMoveByMomentumTowardsMeanAndUnbiasedVariance() {
    train(0.25f);
    assertEquals(0.75 * 10 + 0.25 * 3, runningMean.get(0), 1e-15);
    assertEquals(0.75 * 1 + 0.25 * 14 / 3, runningVariance.get(0), 1e-15);
  }

  @Test
  void inferenceWithTheStatisticsOfTheBatchGivesTheSameNumbers() {
    train(0);
    Values inferred = Values.zeros(shape(4, 1));
    new BatchNormInference(1e-5f)
        .reference(List.of(x, gamma, beta, mean, vector(14 / 4.0)), List.of(inferred, inverse));
    for (int i = 0; i < 4; i++) {
      assertEquals(y.get(i), inferred.get(i), 1e-15);
    }
  }

  @Test
  void oneRowCannotBeTrainedOn() {
    var channels = shape(3);
    var refused =
        assertThrows(
            ShapeException.class,
            () ->
                new BatchNorm(0.1f, 1e-5f)
                    .outputs(List.of(shape(1, 3), channels, channels, channels, channels)));
    assertTrue(refused.getMessage().contains("one row has no variance"), refused.getMessage());
  }
}
