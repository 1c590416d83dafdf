package engram.backend.vector.kernel;

import static engram.backend.vector.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 4 rows x 4 vectors of columns: 16 accumulators. */
final class OuterTile4x4 implements OuterTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int rows() {
    return 4;
  }

  @Override
  public int columns() {
    return 4 * L;
  }

  @Override
  public void run(
      float[] x,
      int xAt,
      int xStep,
      int xJump,
      float[] w,
      int wAt,
      int wStep,
      int wJump,
      int outer,
      int inner,
      float[] y,
      int yAt,
      int yStep,
      boolean accumulate) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector a0a = zero;
    FloatVector a0b = zero;
    FloatVector a0c = zero;
    FloatVector a0d = zero;
    FloatVector a1a = zero;
    FloatVector a1b = zero;
    FloatVector a1c = zero;
    FloatVector a1d = zero;
    FloatVector a2a = zero;
    FloatVector a2b = zero;
    FloatVector a2c = zero;
    FloatVector a2d = zero;
    FloatVector a3a = zero;
    FloatVector a3b = zero;
    FloatVector a3c = zero;
    FloatVector a3d = zero;
    if (accumulate) {
      a0a = FloatVector.fromArray(SPECIES, y, yAt);
      a0b = FloatVector.fromArray(SPECIES, y, yAt + L);
      a0c = FloatVector.fromArray(SPECIES, y, yAt + 2 * L);
      a0d = FloatVector.fromArray(SPECIES, y, yAt + 3 * L);
      a1a = FloatVector.fromArray(SPECIES, y, yAt + yStep);
      a1b = FloatVector.fromArray(SPECIES, y, yAt + yStep + L);
      a1c = FloatVector.fromArray(SPECIES, y, yAt + yStep + 2 * L);
      a1d = FloatVector.fromArray(SPECIES, y, yAt + yStep + 3 * L);
      a2a = FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep);
      a2b = FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep + L);
      a2c = FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep + 2 * L);
      a2d = FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep + 3 * L);
      a3a = FloatVector.fromArray(SPECIES, y, yAt + 3 * yStep);
      a3b = FloatVector.fromArray(SPECIES, y, yAt + 3 * yStep + L);
      a3c = FloatVector.fromArray(SPECIES, y, yAt + 3 * yStep + 2 * L);
      a3d = FloatVector.fromArray(SPECIES, y, yAt + 3 * yStep + 3 * L);
    }
    for (int i = 0; i < outer; i++) {
      for (int k = 0; k < inner; k++) {
        int xk = xAt + k * xStep;
        int wk = wAt + k * wStep;
        FloatVector wa = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector wb = FloatVector.fromArray(SPECIES, w, wk + L);
        FloatVector wc = FloatVector.fromArray(SPECIES, w, wk + 2 * L);
        FloatVector wd = FloatVector.fromArray(SPECIES, w, wk + 3 * L);
        FloatVector x0 = FloatVector.broadcast(SPECIES, x[xk]);
        a0a = x0.fma(wa, a0a);
        a0b = x0.fma(wb, a0b);
        a0c = x0.fma(wc, a0c);
        a0d = x0.fma(wd, a0d);
        FloatVector x1 = FloatVector.broadcast(SPECIES, x[xk + 1]);
        a1a = x1.fma(wa, a1a);
        a1b = x1.fma(wb, a1b);
        a1c = x1.fma(wc, a1c);
        a1d = x1.fma(wd, a1d);
        FloatVector x2 = FloatVector.broadcast(SPECIES, x[xk + 2]);
        a2a = x2.fma(wa, a2a);
        a2b = x2.fma(wb, a2b);
        a2c = x2.fma(wc, a2c);
        a2d = x2.fma(wd, a2d);
        FloatVector x3 = FloatVector.broadcast(SPECIES, x[xk + 3]);
        a3a = x3.fma(wa, a3a);
        a3b = x3.fma(wb, a3b);
        a3c = x3.fma(wc, a3c);
        a3d = x3.fma(wd, a3d);
      }
      xAt += xJump;
      wAt += wJump;
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
  }
}
