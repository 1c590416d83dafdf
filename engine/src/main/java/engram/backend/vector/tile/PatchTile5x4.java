package engram.backend.vector.tile;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;

/** 5 pixels x 4 vectors of output channels: 20 accumulators. */
final class PatchTile5x4 implements PatchTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int pixels() {
    return 5;
  }

  @Override
  public int channels() {
    return 4 * L;
  }

  @Override
  public void run(
      float[] x,
      int xAt,
      int[] pixels,
      int first,
      int xRow,
      int rows,
      int length,
      float[] w,
      int wAt,
      float[] y,
      int yAt,
      int yStep) {
    FloatVector a0a = FloatVector.zero(SPECIES);
    FloatVector a0b = FloatVector.zero(SPECIES);
    FloatVector a0c = FloatVector.zero(SPECIES);
    FloatVector a0d = FloatVector.zero(SPECIES);
    FloatVector a1a = FloatVector.zero(SPECIES);
    FloatVector a1b = FloatVector.zero(SPECIES);
    FloatVector a1c = FloatVector.zero(SPECIES);
    FloatVector a1d = FloatVector.zero(SPECIES);
    FloatVector a2a = FloatVector.zero(SPECIES);
    FloatVector a2b = FloatVector.zero(SPECIES);
    FloatVector a2c = FloatVector.zero(SPECIES);
    FloatVector a2d = FloatVector.zero(SPECIES);
    FloatVector a3a = FloatVector.zero(SPECIES);
    FloatVector a3b = FloatVector.zero(SPECIES);
    FloatVector a3c = FloatVector.zero(SPECIES);
    FloatVector a3d = FloatVector.zero(SPECIES);
    FloatVector a4a = FloatVector.zero(SPECIES);
    FloatVector a4b = FloatVector.zero(SPECIES);
    FloatVector a4c = FloatVector.zero(SPECIES);
    FloatVector a4d = FloatVector.zero(SPECIES);
    int at0 = xAt + pixels[first];
    int at1 = xAt + pixels[first + 1];
    int at2 = xAt + pixels[first + 2];
    int at3 = xAt + pixels[first + 3];
    int at4 = xAt + pixels[first + 4];
    for (int row = 0; row < rows; row++) {
      int k = 0;
      for (; k < length - 1; k += 2) {
        int wk = wAt + k * 4 * L;
        FloatVector wa0 = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector wb0 = FloatVector.fromArray(SPECIES, w, wk + L);
        FloatVector wc0 = FloatVector.fromArray(SPECIES, w, wk + 2 * L);
        FloatVector wd0 = FloatVector.fromArray(SPECIES, w, wk + 3 * L);
        FloatVector x0a = FloatVector.broadcast(SPECIES, x[at0 + k]);
        a0a = x0a.fma(wa0, a0a);
        a0b = x0a.fma(wb0, a0b);
        a0c = x0a.fma(wc0, a0c);
        a0d = x0a.fma(wd0, a0d);
        FloatVector x1a = FloatVector.broadcast(SPECIES, x[at1 + k]);
        a1a = x1a.fma(wa0, a1a);
        a1b = x1a.fma(wb0, a1b);
        a1c = x1a.fma(wc0, a1c);
        a1d = x1a.fma(wd0, a1d);
        FloatVector x2a = FloatVector.broadcast(SPECIES, x[at2 + k]);
        a2a = x2a.fma(wa0, a2a);
        a2b = x2a.fma(wb0, a2b);
        a2c = x2a.fma(wc0, a2c);
        a2d = x2a.fma(wd0, a2d);
        FloatVector x3a = FloatVector.broadcast(SPECIES, x[at3 + k]);
        a3a = x3a.fma(wa0, a3a);
        a3b = x3a.fma(wb0, a3b);
        a3c = x3a.fma(wc0, a3c);
        a3d = x3a.fma(wd0, a3d);
        FloatVector x4a = FloatVector.broadcast(SPECIES, x[at4 + k]);
        a4a = x4a.fma(wa0, a4a);
        a4b = x4a.fma(wb0, a4b);
        a4c = x4a.fma(wc0, a4c);
        a4d = x4a.fma(wd0, a4d);
        FloatVector wa1 = FloatVector.fromArray(SPECIES, w, wk + 4 * L);
        FloatVector wb1 = FloatVector.fromArray(SPECIES, w, wk + 5 * L);
        FloatVector wc1 = FloatVector.fromArray(SPECIES, w, wk + 6 * L);
        FloatVector wd1 = FloatVector.fromArray(SPECIES, w, wk + 7 * L);
        FloatVector x0b = FloatVector.broadcast(SPECIES, x[at0 + k + 1]);
        a0a = x0b.fma(wa1, a0a);
        a0b = x0b.fma(wb1, a0b);
        a0c = x0b.fma(wc1, a0c);
        a0d = x0b.fma(wd1, a0d);
        FloatVector x1b = FloatVector.broadcast(SPECIES, x[at1 + k + 1]);
        a1a = x1b.fma(wa1, a1a);
        a1b = x1b.fma(wb1, a1b);
        a1c = x1b.fma(wc1, a1c);
        a1d = x1b.fma(wd1, a1d);
        FloatVector x2b = FloatVector.broadcast(SPECIES, x[at2 + k + 1]);
        a2a = x2b.fma(wa1, a2a);
        a2b = x2b.fma(wb1, a2b);
        a2c = x2b.fma(wc1, a2c);
        a2d = x2b.fma(wd1, a2d);
        FloatVector x3b = FloatVector.broadcast(SPECIES, x[at3 + k + 1]);
        a3a = x3b.fma(wa1, a3a);
        a3b = x3b.fma(wb1, a3b);
        a3c = x3b.fma(wc1, a3c);
        a3d = x3b.fma(wd1, a3d);
        FloatVector x4b = FloatVector.broadcast(SPECIES, x[at4 + k + 1]);
        a4a = x4b.fma(wa1, a4a);
        a4b = x4b.fma(wb1, a4b);
        a4c = x4b.fma(wc1, a4c);
        a4d = x4b.fma(wd1, a4d);
      }
      if (k < length) {
        int wk = wAt + k * 4 * L;
        FloatVector wa = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector wb = FloatVector.fromArray(SPECIES, w, wk + L);
        FloatVector wc = FloatVector.fromArray(SPECIES, w, wk + 2 * L);
        FloatVector wd = FloatVector.fromArray(SPECIES, w, wk + 3 * L);
        FloatVector x0 = FloatVector.broadcast(SPECIES, x[at0 + k]);
        a0a = x0.fma(wa, a0a);
        a0b = x0.fma(wb, a0b);
        a0c = x0.fma(wc, a0c);
        a0d = x0.fma(wd, a0d);
        FloatVector x1 = FloatVector.broadcast(SPECIES, x[at1 + k]);
        a1a = x1.fma(wa, a1a);
        a1b = x1.fma(wb, a1b);
        a1c = x1.fma(wc, a1c);
        a1d = x1.fma(wd, a1d);
        FloatVector x2 = FloatVector.broadcast(SPECIES, x[at2 + k]);
        a2a = x2.fma(wa, a2a);
        a2b = x2.fma(wb, a2b);
        a2c = x2.fma(wc, a2c);
        a2d = x2.fma(wd, a2d);
        FloatVector x3 = FloatVector.broadcast(SPECIES, x[at3 + k]);
        a3a = x3.fma(wa, a3a);
        a3b = x3.fma(wb, a3b);
        a3c = x3.fma(wc, a3c);
        a3d = x3.fma(wd, a3d);
        FloatVector x4 = FloatVector.broadcast(SPECIES, x[at4 + k]);
        a4a = x4.fma(wa, a4a);
        a4b = x4.fma(wb, a4b);
        a4c = x4.fma(wc, a4c);
        a4d = x4.fma(wd, a4d);
      }
      wAt += length * 4 * L;
      at0 += xRow;
      at1 += xRow;
      at2 += xRow;
      at3 += xRow;
      at4 += xRow;
    }
    a0a.intoArray(y, yAt);
    a0b.intoArray(y, yAt + L);
    a0c.intoArray(y, yAt + 2 * L);
    a0d.intoArray(y, yAt + 3 * L);
    a1a.intoArray(y, yAt + yStep);
    a1b.intoArray(y, yAt + yStep + L);
    a1c.intoArray(y, yAt + yStep + 2 * L);
    a1d.intoArray(y, yAt + yStep + 3 * L);
    a2a.intoArray(y, yAt + 2 * yStep);
    a2b.intoArray(y, yAt + 2 * yStep + L);
    a2c.intoArray(y, yAt + 2 * yStep + 2 * L);
    a2d.intoArray(y, yAt + 2 * yStep + 3 * L);
    a3a.intoArray(y, yAt + 3 * yStep);
    a3b.intoArray(y, yAt + 3 * yStep + L);
    a3c.intoArray(y, yAt + 3 * yStep + 2 * L);
    a3d.intoArray(y, yAt + 3 * yStep + 3 * L);
    a4a.intoArray(y, yAt + 4 * yStep);
    a4b.intoArray(y, yAt + 4 * yStep + L);
    a4c.intoArray(y, yAt + 4 * yStep + 2 * L);
    a4d.intoArray(y, yAt + 4 * yStep + 3 * L);
  }
}
