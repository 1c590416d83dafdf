package engram.bench.ladder;

import java.util.Arrays;

/**
 * Rung 2: loops turned. The innermost loop walks along the output channels of one pixel, which lie
 * side by side in weights and result; this tile (one pixel, all channels) stays in the first cache,
 * and neighbouring sums do not wait for each other. A copy of x with a border of zeros does away
 * with the tests. Still scalar: C2 of JDK 25 cannot know that z and w are different arrays. Each
 * multiply-add loads a weight and a sum, and stores the sum.
 */
public final class Conv2Tiled implements Rung<Convolution> {
  private float[] padded = new float[0];

  @Override
  public void run(Convolution p) {
    padded = p.padded(padded);
    Arrays.fill(p.z(), 0);
    int across = p.side() + 2;
    for (int n = 0; n < p.images(); n++) {
      for (int i = 0; i < p.side(); i++) {
        for (int j = 0; j < p.side(); j++) {
          pixel(p, (n * across + i) * across + j, ((n * p.side() + i) * p.side() + j) * p.o());
        }
      }
    }
    p.activate();
    p.pool();
  }

  private void pixel(Convolution p, int corner, int to) {
    float[] w = p.w();
    float[] z = p.z();
    int channels = p.o();
    for (int ky = 0; ky < 3; ky++) {
      int from = (corner + ky * (p.side() + 2)) * p.c();
      // Three pixels of a row lie side by side, and so do their weights.
      for (int t = 0; t < 3 * p.c(); t++) {
        float value = padded[from + t];
        int weights = (ky * 3 * p.c() + t) * channels;
        for (int o = 0; o < channels; o++) {
          z[to + o] += value * w[weights + o];
        }
      }
    }
  }
}
