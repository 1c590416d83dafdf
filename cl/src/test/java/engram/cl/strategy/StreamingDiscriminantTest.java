package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Loss, gradient and answers of slda, worked out in plain loops. */
class StreamingDiscriminantTest {
  private static final int FRESH = 4;
  private static final int FEATURES = StrategyProbe.HIDDEN;
  private static final int TURNED = 6; // three classes, upright and upside down
  private static final CounterRandom RANDOM = CounterRandom.of(1, "simplex");

  private final Strategy strategy = new StreamingDiscriminant(RANDOM, 640);
  private final StrategyProbe probe = StrategyProbe.withHiddenLayer(strategy);

  @Test
  void theFirstTaskTellsClassesAndTurnsApartByTheirCorners() {
    float[][] simplex = Simplex.corners(TURNED, FEATURES, RANDOM);
    probe.begin().disturb(2);
    probe.assertFlatStep(
        FRESH,
        flat -> {
          double[][] features = probe.hidden(flat, probe.images());
          double[][] logits = new double[features.length][TURNED];
          for (int i = 0; i < logits.length; i++) {
            for (int k = 0; k < TURNED; k++) {
              for (int f = 0; f < FEATURES; f++) {
                logits[i][k] += simplex[k][f] * features[i][f];
              }
            }
          }
          return Formulas.crossEntropy(logits, probe.labels());
        });
    assertEquals(2 * FRESH, probe.batch.size(), "each image upright and turned");
    assertEquals(Optional.empty(), strategy.memory());
  }

  @Test
  void onlyTheFirstTaskIsTrained() {
    assertTrue(strategy.learns(StrategyProbe.task(0)));
    assertFalse(strategy.learns(StrategyProbe.task(1)));
    assertFalse(
        new WithNearestMean(strategy, WithNearestMean.Means.OF_CLASSES)
            .learns(StrategyProbe.task(1)));
  }

  /** The definition: means and pooled covariance of all images of all tasks, none left out. */
  @Test
  void answersAreThoseOfADiscriminantOfAllImagesAtOnce() {
    probe.begin().disturb(2).end().begin().end().begin().end();
    double[][] rows =
        Stream.of(0, 1, 2)
            .flatMap(t -> Arrays.stream(StrategyProbe.rows(StrategyProbe.task(t).train())))
            .toArray(double[][]::new);
    int[] labels =
        Stream.of(0, 1, 2)
            .flatMapToInt(t -> Arrays.stream(StrategyProbe.labels(StrategyProbe.task(t).train())))
            .toArray();
    double[][] features = probe.hidden(probe.flatParameters(), rows);
    double[][] scaled =
        Arrays.stream(features).map(StreamingDiscriminantTest::root).toArray(double[][]::new);
    double[][] means = new double[6][FEATURES];
    for (int i = 0; i < scaled.length; i++) {
      for (int f = 0; f < FEATURES; f++) {
        means[labels[i]][f] += scaled[i][f] / 4; // images of a class
      }
    }
    double[][] covariance = new double[FEATURES][FEATURES];
    double variance = 0;
    for (int r = 0; r < FEATURES; r++) {
      for (int c = 0; c < FEATURES; c++) {
        for (int i = 0; i < scaled.length; i++) {
          covariance[r][c] +=
              (scaled[i][r] - means[labels[i]][r])
                  * (scaled[i][c] - means[labels[i]][c])
                  / scaled.length;
        }
      }
      variance += covariance[r][r] / FEATURES;
    }
    for (int r = 0; r < FEATURES; r++) {
      for (int c = 0; c < FEATURES; c++) {
        covariance[r][c] = 0.9 * covariance[r][c] + (r == c ? 0.1 * variance : 0);
      }
    }
    Cholesky factor = Cholesky.of(covariance);

    double[][] shown = {{0.1f, 0.9f, 0.3f, 0.4f, 0.2f, 0.8f}};
    float[] scores = probe.scores(0.1f, 0.9f, 0.3f, 0.4f, 0.2f, 0.8f);
    double[] x = root(probe.hidden(probe.flatParameters(), shown)[0]);
    float[] weights = probe.network.parameters().buffer("fc.weight").read();
    float[] bias = probe.network.parameters().buffer("fc.bias").read();
    for (int k = 0; k < 6; k++) {
      double[] row = factor.solve(means[k]);
      double score = 0;
      double kept = bias[k];
      for (int f = 0; f < FEATURES; f++) {
        score += row[f] * (x[f] - means[k][f] / 2);
        kept += weights[k * FEATURES + f] * x[f];
      }
      assertEquals(score, scores[k], 1e-3 * Math.max(1, Math.abs(score)), "class " + k);
      assertEquals(scores[k], kept, 1e-3 * Math.max(1, Math.abs(score)), "the classifier, " + k);
    }
  }

  /** The rows of the classifier lie in the space of the sums: so many of them are independent. */
  @Test
  void ofFewerSumsThanFeaturesAHeadForFeaturesIsLearnt() {
    Strategy summed = new StreamingDiscriminant(RANDOM, 2);
    StrategyProbe of = StrategyProbe.withHiddenLayer(summed);
    of.begin().disturb(2).end().begin().end();
    float[] rows = of.network.parameters().buffer("fc.weight").read();
    RandomProjection projection = RandomProjection.of(FEATURES, 2, RANDOM.split(-1));
    double[] first = projection.ofFeatures(new double[] {1, 0});
    double[] second = projection.ofFeatures(new double[] {0, 1});
    boolean any = false;
    for (int k = 0; k < of.network.classes(); k++) {
      double[] row = new double[FEATURES];
      for (int f = 0; f < FEATURES; f++) {
        row[f] = rows[k * FEATURES + f];
      }
      double[][] gram = {
        {LinearClassifier.dot(first, first), LinearClassifier.dot(first, second)},
        {LinearClassifier.dot(first, second), LinearClassifier.dot(second, second)}
      };
      double[] along =
          Cholesky.of(gram)
              .solve(
                  new double[] {
                    LinearClassifier.dot(row, first), LinearClassifier.dot(row, second)
                  });
      for (int f = 0; f < FEATURES; f++) {
        assertEquals(along[0] * first[f] + along[1] * second[f], row[f], 1e-3, "class " + k);
        any |= row[f] != 0;
      }
    }
    assertTrue(any);
  }

  private static double[] root(double[] features) {
    double[] roots =
        Arrays.stream(features).map(v -> Math.signum(v) * Math.sqrt(Math.abs(v))).toArray();
    double length = Math.sqrt(Arrays.stream(roots).map(v -> v * v).sum());
    return Arrays.stream(roots).map(v -> v / length).toArray();
  }

  @Test
  void rootsKeepTheirSignAndHaveLengthOne() {
    float[] scaled = FeatureScale.ROOT.apply(new float[] {9, -16, 0});
    assertArrayEquals(new float[] {0.6f, -0.8f, 0}, scaled, 1e-6f);
    assertArrayEquals(new float[] {0, 0}, FeatureScale.ROOT.apply(new float[] {0, 0}));
  }
}
