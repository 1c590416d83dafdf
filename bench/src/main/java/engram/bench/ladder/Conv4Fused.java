package engram.bench.ladder;

import static engram.bench.ladder.Registers.LANES;
import static engram.bench.ladder.Registers.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Rung 4: fused. The four pixels of the tile are those of one pooling window, so that pooling is
 * three maxima of registers. Bias and ReLU are monotone and come after it, on a quarter of the
 * values; z is never written.
 */
public final class Conv4Fused implements Rung<Convolution> {
  private float[] padded = new float[0];

  @Override
  public void run(Convolution p) {
    padded = p.padded(padded);
    int across = p.side() + 2;
    for (int n = 0; n < p.images(); n++) {
      for (int i = 0; i < p.side(); i += 2) {
        for (int j = 0; j < p.side(); j += 2) {
          int corner = (n * across + i) * across + j;
          int to = ((n * p.side() + i) / 2 * (p.side() / 2) + j / 2) * p.o();
          for (int o = 0; o < p.o(); o += 2 * LANES) {
            tile(p, corner, o, to + o);
          }
        }
      }
    }
  }

  private void tile(Convolution p, int corner, int o, int to) {
    float[] padded = this.padded;
    float[] w = p.w();
    int c = p.c();
    int across = (p.side() + 2) * c;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    for (int ky = 0; ky < 3; ky++) {
      int from = corner * c + ky * across;
      int below = from + across;
      int weight = ky * 3 * c * p.o() + o;
      for (int t = 0; t < 3 * c; t++) {
        FloatVector w0 = FloatVector.fromArray(SPECIES, w, weight);
        FloatVector w1 = FloatVector.fromArray(SPECIES, w, weight + LANES);
        FloatVector x0 = FloatVector.broadcast(SPECIES, padded[from + t]);
        s00 = x0.fma(w0, s00);
        s01 = x0.fma(w1, s01);
        FloatVector x1 = FloatVector.broadcast(SPECIES, padded[from + c + t]);
        s10 = x1.fma(w0, s10);
        s11 = x1.fma(w1, s11);
        FloatVector x2 = FloatVector.broadcast(SPECIES, padded[below + t]);
        s20 = x2.fma(w0, s20);
        s21 = x2.fma(w1, s21);
        FloatVector x3 = FloatVector.broadcast(SPECIES, padded[below + c + t]);
        s30 = x3.fma(w0, s30);
        s31 = x3.fma(w1, s31);
        weight += p.o();
      }
    }
    FloatVector bias0 = FloatVector.fromArray(SPECIES, p.bias(), o);
    FloatVector bias1 = FloatVector.fromArray(SPECIES, p.bias(), o + LANES);
    FloatVector y0 = s00.max(s10).max(s20.max(s30)).add(bias0);
    FloatVector y1 = s01.max(s11).max(s21.max(s31)).add(bias1);
    y0.max(y0.mul(Convolution.SLOPE)).intoArray(p.y(), to);
    y1.max(y1.mul(Convolution.SLOPE)).intoArray(p.y(), to + LANES);
  }
}
