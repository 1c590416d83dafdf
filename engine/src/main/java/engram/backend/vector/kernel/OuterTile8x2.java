package engram.backend.vector.kernel;

import static engram.backend.vector.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 8 rows x 2 vectors of columns: 16 accumulators. */
final class OuterTile8x2 implements OuterTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int rows() {
    return 8;
  }

  @Override
  public int columns() {
    return 2 * L;
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
    FloatVector a1a = zero;
    FloatVector a1b = zero;
    FloatVector a2a = zero;
    FloatVector a2b = zero;
    FloatVector a3a = zero;
    FloatVector a3b = zero;
    FloatVector a4a = zero;
    FloatVector a4b = zero;
    FloatVector a5a = zero;
    FloatVector a5b = zero;
    FloatVector a6a = zero;
    FloatVector a6b = zero;
    FloatVector a7a = zero;
    FloatVector a7b = zero;
    if (accumulate) {
      a0a = FloatVector.fromArray(SPECIES, y, yAt);
      a0b = FloatVector.fromArray(SPECIES, y, yAt + L);
      a1a = FloatVector.fromArray(SPECIES, y, yAt + yStep);
      a1b = FloatVector.fromArray(SPECIES, y, yAt + yStep + L);
      a2a = FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep);
      a2b = FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep + L);
      a3a = FloatVector.fromArray(SPECIES, y, yAt + 3 * yStep);
      a3b = FloatVector.fromArray(SPECIES, y, yAt + 3 * yStep + L);
      a4a = FloatVector.fromArray(SPECIES, y, yAt + 4 * yStep);
      a4b = FloatVector.fromArray(SPECIES, y, yAt + 4 * yStep + L);
      a5a = FloatVector.fromArray(SPECIES, y, yAt + 5 * yStep);
      a5b = FloatVector.fromArray(SPECIES, y, yAt + 5 * yStep + L);
      a6a = FloatVector.fromArray(SPECIES, y, yAt + 6 * yStep);
      a6b = FloatVector.fromArray(SPECIES, y, yAt + 6 * yStep + L);
      a7a = FloatVector.fromArray(SPECIES, y, yAt + 7 * yStep);
      a7b = FloatVector.fromArray(SPECIES, y, yAt + 7 * yStep + L);
    }
    for (int i = 0; i < outer; i++) {
      for (int k = 0; k < inner; k++) {
        int xk = xAt + k * xStep;
        int wk = wAt + k * wStep;
        FloatVector wa = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector wb = FloatVector.fromArray(SPECIES, w, wk + L);
        FloatVector x0 = FloatVector.broadcast(SPECIES, x[xk]);
        a0a = x0.fma(wa, a0a);
        a0b = x0.fma(wb, a0b);
        FloatVector x1 = FloatVector.broadcast(SPECIES, x[xk + 1]);
        a1a = x1.fma(wa, a1a);
        a1b = x1.fma(wb, a1b);
        FloatVector x2 = FloatVector.broadcast(SPECIES, x[xk + 2]);
        a2a = x2.fma(wa, a2a);
        a2b = x2.fma(wb, a2b);
        FloatVector x3 = FloatVector.broadcast(SPECIES, x[xk + 3]);
        a3a = x3.fma(wa, a3a);
        a3b = x3.fma(wb, a3b);
        FloatVector x4 = FloatVector.broadcast(SPECIES, x[xk + 4]);
        a4a = x4.fma(wa, a4a);
        a4b = x4.fma(wb, a4b);
        FloatVector x5 = FloatVector.broadcast(SPECIES, x[xk + 5]);
        a5a = x5.fma(wa, a5a);
        a5b = x5.fma(wb, a5b);
        FloatVector x6 = FloatVector.broadcast(SPECIES, x[xk + 6]);
        a6a = x6.fma(wa, a6a);
        a6b = x6.fma(wb, a6b);
        FloatVector x7 = FloatVector.broadcast(SPECIES, x[xk + 7]);
        a7a = x7.fma(wa, a7a);
        a7b = x7.fma(wb, a7b);
      }
      xAt += xJump;
      wAt += wJump;
    }
    a0a.intoArray(y, yAt);
    a0b.intoArray(y, yAt + L);
    a1a.intoArray(y, yAt + yStep);
    a1b.intoArray(y, yAt + yStep + L);
    a2a.intoArray(y, yAt + 2 * yStep);
    a2b.intoArray(y, yAt + 2 * yStep + L);
    a3a.intoArray(y, yAt + 3 * yStep);
    a3b.intoArray(y, yAt + 3 * yStep + L);
    a4a.intoArray(y, yAt + 4 * yStep);
    a4b.intoArray(y, yAt + 4 * yStep + L);
    a5a.intoArray(y, yAt + 5 * yStep);
    a5b.intoArray(y, yAt + 5 * yStep + L);
    a6a.intoArray(y, yAt + 6 * yStep);
    a6b.intoArray(y, yAt + 6 * yStep + L);
    a7a.intoArray(y, yAt + 7 * yStep);
    a7b.intoArray(y, yAt + 7 * yStep + L);
  }
}
