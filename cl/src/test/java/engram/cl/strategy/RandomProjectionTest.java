package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import engram.backend.Backend;
import engram.backend.reference.ReferenceBackend;
import engram.random.CounterRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomProjectionTest {
  private static final CounterRandom RANDOM = CounterRandom.of(1, "projection");
  private static final Backend BACKEND = new ReferenceBackend();

  /** More rows than are projected at once, so that a second round has some and stale ones. */
  @Test
  void aSumOfEveryRowIsThatOfItsFeaturesWithRandomSigns() {
    RandomProjection projection = RandomProjection.of(7, 3, RANDOM);
    float[][] features = random(515, 7);
    float[][] sums = projection.apply(BACKEND, features);
    assertEquals(515, sums.length);
    for (int i = 0; i < sums.length; i++) {
      for (int s = 0; s < 3; s++) {
        double sum = 0;
        for (int f = 0; f < 7; f++) {
          float sign = projection.signs()[f * 3 + s];
          assertEquals(1 / Math.sqrt(7), Math.abs(sign), 1e-7);
          sum += sign * features[i][f];
        }
        assertEquals(sum, sums[i][s], 1e-5);
      }
    }
  }

  /** A head that was learnt from sums answers the same from features. */
  @Test
  void weightsOfFeaturesMakeTheSumThatWeightsOfSumsMake() {
    RandomProjection projection = RandomProjection.of(7, 3, RANDOM);
    float[][] features = random(1, 7);
    double[] weights = {0.5, -2, 3};
    double wanted = dot(weights, projection.apply(BACKEND, features)[0]);
    double[] whole = projection.ofFeatures(weights);
    assertEquals(7, whole.length);
    assertEquals(wanted, dot(whole, features[0]), 1e-5);
  }

  /** Squared lengths times {@code from / to}, with the share of error that the theory has. */
  @Test
  void lengthsAreKept() {
    int from = 2048;
    int to = 640;
    float[][] features = random(20, from);
    float[][] sums = RandomProjection.of(from, to, RANDOM).apply(BACKEND, features);
    for (int i = 0; i < features.length; i++) {
      double before = LinearClassifier.dot(features[i], features[i]);
      double after = LinearClassifier.dot(sums[i], sums[i]) * from / to;
      assertEquals(1, after / before, 5 * Math.sqrt(2.0 / to));
    }
  }

  @Test
  void asManyFeaturesAsSumsStayAsTheyAre() {
    RandomProjection none = RandomProjection.of(3, 3, RANDOM);
    float[][] features = random(2, 3);
    double[] weights = {1, 2, 3};
    assertSame(features, none.apply(BACKEND, features));
    assertSame(weights, none.ofFeatures(weights));
  }

  @Test
  void signsFollowFromTheirNumbers() {
    float[] signs = RandomProjection.of(9, 4, RANDOM).signs();
    assertArrayEquals(signs, RandomProjection.of(9, 4, RANDOM).signs());
    assertNotEquals(
        IntStream.range(0, 36).filter(i -> signs[i] > 0).count(), 36, "some are negative");
    assertNotEquals(IntStream.range(0, 36).filter(i -> signs[i] > 0).count(), 0);
  }

  private static double dot(double[] weights, float[] values) {
    return IntStream.range(0, weights.length).mapToDouble(i -> weights[i] * values[i]).sum();
  }

  private static float[][] random(int rows, int columns) {
    float[][] features = new float[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < columns; c++) {
        features[i][c] = (float) RANDOM.split(7).normal((long) i * columns + c);
      }
    }
    return features;
  }
}
