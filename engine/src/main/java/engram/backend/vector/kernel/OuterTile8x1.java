package engram.backend.vector.kernel;

import static engram.backend.vector.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 8 rows x 1 vector of columns: 8 accumulators. */
final class OuterTile8x1 implements OuterTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int rows() {
    return 8;
  }

  @Override
  public int columns() {
    return 1 * L;
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
    FloatVector a1a = zero;
    FloatVector a2a = zero;
    FloatVector a3a = zero;
    FloatVector a4a = zero;
    FloatVector a5a = zero;
    FloatVector a6a = zero;
    FloatVector a7a = zero;
    if (accumulate) {
      a0a = FloatVector.fromArray(SPECIES, y, yAt);
      a1a = FloatVector.fromArray(SPECIES, y, yAt + yStep);
      a2a = FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep);
      a3a = FloatVector.fromArray(SPECIES, y, yAt + 3 * yStep);
      a4a = FloatVector.fromArray(SPECIES, y, yAt + 4 * yStep);
      a5a = FloatVector.fromArray(SPECIES, y, yAt + 5 * yStep);
      a6a = FloatVector.fromArray(SPECIES, y, yAt + 6 * yStep);
      a7a = FloatVector.fromArray(SPECIES, y, yAt + 7 * yStep);
    }
    for (int i = 0; i < outer; i++) {
      for (int k = 0; k < inner; k++) {
        int xk = xAt + k * xStep;
        int wk = wAt + k * wStep;
        FloatVector wa = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector x0 = FloatVector.broadcast(SPECIES, x[xk]);
        a0a = x0.fma(wa, a0a);
        FloatVector x1 = FloatVector.broadcast(SPECIES, x[xk + 1]);
        a1a = x1.fma(wa, a1a);
        FloatVector x2 = FloatVector.broadcast(SPECIES, x[xk + 2]);
        a2a = x2.fma(wa, a2a);
        FloatVector x3 = FloatVector.broadcast(SPECIES, x[xk + 3]);
        a3a = x3.fma(wa, a3a);
        FloatVector x4 = FloatVector.broadcast(SPECIES, x[xk + 4]);
        a4a = x4.fma(wa, a4a);
        FloatVector x5 = FloatVector.broadcast(SPECIES, x[xk + 5]);
        a5a = x5.fma(wa, a5a);
        FloatVector x6 = FloatVector.broadcast(SPECIES, x[xk + 6]);
        a6a = x6.fma(wa, a6a);
        FloatVector x7 = FloatVector.broadcast(SPECIES, x[xk + 7]);
        a7a = x7.fma(wa, a7a);
      }
      xAt += xJump;
      wAt += wJump;
    }
    a0a.intoArray(y, yAt);
    a1a.intoArray(y, yAt + yStep);
    a2a.intoArray(y, yAt + 2 * yStep);
    a3a.intoArray(y, yAt + 3 * yStep);
    a4a.intoArray(y, yAt + 4 * yStep);
    a5a.intoArray(y, yAt + 5 * yStep);
    a6a.intoArray(y, yAt + 6 * yStep);
    a7a.intoArray(y, yAt + 7 * yStep);
  }
}
