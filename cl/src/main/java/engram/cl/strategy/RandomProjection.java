package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.graph.Tape;
import engram.plan.Plan;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.Map;

/**
 * Many features as fewer sums of all of them with random signs, which keep lengths and angles but
 * for a share of about one over the root of their number (Johnson and Lindenstrauss 1984; signs:
 * Achlioptas 2003). What is learnt from n features keeps n (n + 1) / 2 products of them; the signs
 * themselves need not be kept, they come from a seed.
 *
 * @param to number of sums: that of the features where there are no more than were asked for, which
 *     then stay as they are
 * @param signs {@code +-1 / sqrt(from)}, [from][to]; empty where features stay as they are
 */
record RandomProjection(int from, int to, float[] signs) {
  /** Images that are projected at once. */
  private static final int ROWS = 512;

  /**
   * A projection of {@code from} features to {@code most} at most.
   *
   * @param random numbers for this projection alone
   */
  static RandomProjection of(int from, int most, CounterRandom random) {
    if (from <= most) {
      return new RandomProjection(from, from, new float[0]);
    }
    float[] signs = new float[from * most];
    float one = (float) (1 / Math.sqrt(from));
    for (int i = 0; i < signs.length; i++) {
      signs[i] = random.bits(i) < 0 ? -one : one;
    }
    return new RandomProjection(from, most, signs);
  }

  /** The sums of each row of features: [rows][to]. */
  float[][] apply(Backend backend, float[][] features) {
    if (signs.length == 0) {
      return features;
    }
    Tape tape = new Tape();
    Tensor rows = tape.input("features", shape(ROWS, from));
    Tensor matrix = tape.input("signs", shape(from, to));
    Tensor product = tape.matmul(rows, matrix);
    tape.keep(product);
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    plan.buffer(matrix).write(signs);
    Buffer in = plan.buffer(rows);
    Buffer out = plan.buffer(product);
    float[][] sums = new float[features.length][to];
    for (int first = 0; first < sums.length; first += ROWS) {
      int count = Math.min(ROWS, sums.length - first);
      for (int i = 0; i < count; i++) {
        in.write(i * from, features[first + i], 0, from);
      }
      plan.run();
      for (int i = 0; i < count; i++) {
        out.read(i * to, sums[first + i], 0, to);
      }
    }
    return sums;
  }

  /** Weights of features that make the same sum as {@code weights} of their projection. */
  double[] ofFeatures(double[] weights) {
    if (signs.length == 0) {
      return weights;
    }
    double[] whole = new double[from];
    for (int f = 0; f < from; f++) {
      for (int s = 0; s < to; s++) {
        whole[f] += signs[f * to + s] * weights[s];
      }
    }
    return whole;
  }
}
