package engram.bench.ladder;

import static engram.bench.ladder.Registers.LANES;
import static engram.bench.ladder.Registers.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Rung 3: registers. Eight sums of a tile of 4 pixels x 2 vectors of output channels stay in
 * registers over all 9 x c terms: six loads feed eight multiply-adds, and eight independent chains
 * hide the latency of one. No patch matrix (im2col) is made: the padded image is read in place.
 */
public final class Conv3Vector implements Rung<Convolution> {
  private float[] padded = new float[0];

  @Override
  public void run(Convolution p) {
    if (p.side() % 4 != 0) {
      throw new IllegalArgumentException("ladder: this rung takes four pixels of a row at once");
    }
    padded = p.padded(padded);
    int across = p.side() + 2;
    for (int n = 0; n < p.images(); n++) {
      for (int i = 0; i < p.side(); i++) {
        for (int j = 0; j < p.side(); j += 4) {
          int corner = (n * across + i) * across + j;
          int to = ((n * p.side() + i) * p.side() + j) * p.o();
          for (int o = 0; o < p.o(); o += 2 * LANES) {
            tile(p, corner, o, to + o);
          }
        }
      }
    }
    p.activate();
    p.pool();
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
        FloatVector x2 = FloatVector.broadcast(SPECIES, padded[from + 2 * c + t]);
        s20 = x2.fma(w0, s20);
        s21 = x2.fma(w1, s21);
        FloatVector x3 = FloatVector.broadcast(SPECIES, padded[from + 3 * c + t]);
        s30 = x3.fma(w0, s30);
        s31 = x3.fma(w1, s31);
        weight += p.o();
      }
    }
    s00.intoArray(p.z(), to);
    s01.intoArray(p.z(), to + LANES);
    s10.intoArray(p.z(), to + p.o());
    s11.intoArray(p.z(), to + p.o() + LANES);
    s20.intoArray(p.z(), to + 2 * p.o());
    s21.intoArray(p.z(), to + 2 * p.o() + LANES);
    s30.intoArray(p.z(), to + 3 * p.o());
    s31.intoArray(p.z(), to + 3 * p.o() + LANES);
  }
}
