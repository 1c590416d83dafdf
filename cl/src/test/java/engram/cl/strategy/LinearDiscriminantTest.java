package engram.cl.strategy;

import static engram.tensor.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.reference.ReferenceBackend;
import engram.cl.memory.BalancedReservoir;
import engram.cl.memory.MemoryBuffer;
import engram.cl.task.Examples;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.layer.Flatten;
import engram.nn.layer.Linear;
import engram.nn.model.SimpleCnn;
import engram.nn.train.Inference;
import engram.random.CounterRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinearDiscriminantTest {

  private static Inference.Batch ran(Network network, float... images) {
    Inference.Batch batch = new Inference(network).batch(1);
    batch.inputs().write(images);
    batch.run();
    return batch;
  }

  /** The inverse of (2 1, 1 2) is (2 -1, -1 2) / 3; features (3, 4) count as (0.6, 0.8). */
  @Test
  void scoresAreThoseOfNormalDistributionsWithOneCovariance() {
    Sequential model = Sequential.of(shape(1, 1, 2), new Flatten(), new Linear(2, 3).named("fc"));
    Network network = Network.create(model, new ReferenceBackend(), 1);
    LinearDiscriminant head =
        LinearDiscriminant.of(
            Map.of(0, new double[] {1, 0}, 2, new double[] {0, 1}),
            new double[][] {{2, 1}, {1, 2}},
            3,
            FeatureScale.UNIT);
    float[] scores = head.scores(ran(network, 3, 4), 1);
    assertEquals(0.6 * 2 / 3 - 0.8 / 3 - 1 / 3.0, scores[0], 1e-6);
    assertEquals(Float.NEGATIVE_INFINITY, scores[1], "class 1 has no mean");
    assertEquals(-0.6 / 3 + 0.8 * 2 / 3 - 1 / 3.0, scores[2], 1e-6);
  }

  /** Rows (1, 0) and (0, 1) after scaling, both off their mean by a half in each direction. */
  @Test
  void covarianceIsThatAroundTheMeansOfClasses() {
    float[][] rows = FeatureScale.UNIT.apply(new float[][] {{2, 0}, {0, 3}, {0, 5}});
    Scatter scatter = Scatter.of(new ReferenceBackend(), rows, new int[] {4, 4, 6});
    assertArrayEquals(new double[] {0.5, 0.5}, scatter.means().get(4));
    assertArrayEquals(new double[] {0, 1}, scatter.means().get(6));
    double sixth = 0.5 / 3;
    assertArrayEquals(new double[] {sixth, -sixth}, scatter.covariance(0)[0], 1e-8);
    assertArrayEquals(new double[] {-sixth, sixth}, scatter.covariance(0)[1], 1e-8);
    assertEquals(sixth, scatter.covariance(0.2)[0][0], 1e-8, "both variances are their mean");
    assertEquals(-0.8 * sixth, scatter.covariance(0.2)[0][1], 1e-8);
  }

  /** Larger than the blocks in which it is made. */
  @Test
  void theFactorTimesItselfIsTheMatrix() {
    int n = 150;
    double[][] matrix = new double[n][n];
    CounterRandom random = CounterRandom.of(1, "matrix");
    for (int r = 0; r < n; r++) {
      for (int c = 0; c <= r; c++) {
        matrix[r][c] = random.split(r).normal(c) + (r == c ? 2 * n : 0);
        matrix[c][r] = matrix[r][c];
      }
    }
    double[][] upper = Cholesky.of(matrix).upper();
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        double product = 0;
        for (int k = 0; k < n; k++) {
          product += upper[k][r] * upper[k][c];
        }
        assertEquals(matrix[r][c], product, 1e-10);
        assertTrue(c >= r || upper[r][c] == 0);
      }
    }
  }

  @Test
  void aMatrixThatIsNoCovarianceIsAnError() {
    assertArrayEquals(
        new double[] {1, -1},
        Cholesky.of(new double[][] {{4, 2}, {2, 3}}).solve(new double[] {2, -1}),
        1e-12);
    assertThrows(
        IllegalArgumentException.class, () -> Cholesky.of(new double[][] {{1, 2}, {2, 1}}));
  }

  @Test
  void theHeadTakesMeansFromMemoryAndCovarianceFromTaskAndMemory() {
    MemoryBuffer memory =
        new BalancedReservoir(5, StrategyProbe.PIXELS, CounterRandom.of(1, "reservoir"));
    Strategy strategy = new WithDiscriminant(new ExperienceReplay(memory));
    StrategyProbe probe = new StrategyProbe(strategy).begin().end().begin().end();
    Examples kept = memory.stored().examples();
    Examples task = StrategyProbe.task(1).train();
    float[][] varied = new float[16 * kept.size()][];
    int[] labels = new int[varied.length];
    for (int i = 0; i < varied.length; i++) {
      varied[i] = pixels(kept)[i % kept.size()];
      varied[i][0] += 0.01f * i / varied.length;
      labels[i] = kept.label(i % kept.size());
    }
    double[][] shared = scatter(varied, labels).covariance(0.3);
    double[][] ofTask = scatter(pixels(task), StrategyProbe.labels(task)).covariance(0.3);
    for (int r = 0; r < shared.length; r++) {
      for (int c = 0; c < shared.length; c++) {
        shared[r][c] = (shared[r][c] + ofTask[r][c]) / 2;
      }
    }
    LinearDiscriminant expected =
        LinearDiscriminant.of(
            scatter(pixels(kept), StrategyProbe.labels(kept)).means(),
            shared,
            5,
            FeatureScale.UNIT);
    Inference.Batch batch = ran(probe.network, 0.1f, 0.9f, 0.3f, 0.4f, 0.2f, 0.8f);
    assertArrayEquals(
        expected.scores(batch, 1), probe.scores(0.1f, 0.9f, 0.3f, 0.4f, 0.2f, 0.8f), 1e-3f);
  }

  private static Scatter scatter(float[][] features, int[] labels) {
    return Scatter.of(new ReferenceBackend(), FeatureScale.UNIT.apply(features), labels);
  }

  private static float[][] pixels(Examples examples) {
    double[][] rows = StrategyProbe.rows(examples);
    float[][] pixels = new float[rows.length][StrategyProbe.PIXELS];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < StrategyProbe.PIXELS; c++) {
        pixels[i][c] = (float) rows[i][c];
      }
    }
    return pixels;
  }

  @Test
  void aNetworkWithTooManyFeaturesIsAnErrorThatNamesAnotherModel() {
    Network simple = Network.create(SimpleCnn.of(shape(32, 32, 3), 3), new ReferenceBackend(), 1);
    Strategy strategy = new WithDiscriminant(new FineTune());
    assertEquals(
        "lda: the network has 4096 features, and a covariance needs their square; up to 1024 will"
            + " do: use --network bn",
        assertThrows(IllegalArgumentException.class, () -> strategy.requireFits(simple.model()))
            .getMessage());
  }
}
