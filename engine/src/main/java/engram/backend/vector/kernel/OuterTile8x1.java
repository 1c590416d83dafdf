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
      int[] xRows,
      int xStep,
      float[] w,
      int wAt,
      int wRow,
      int wStep,
      int outer,
      int inner,
      float[] y,
      int yAt,
      int yStep,
      boolean accumulate) {
    FloatVector a0a = FloatVector.zero(SPECIES);
    FloatVector a1a = FloatVector.zero(SPECIES);
    FloatVector a2a = FloatVector.zero(SPECIES);
    FloatVector a3a = FloatVector.zero(SPECIES);
    FloatVector a4a = FloatVector.zero(SPECIES);
    FloatVector a5a = FloatVector.zero(SPECIES);
    FloatVector a6a = FloatVector.zero(SPECIES);
    FloatVector a7a = FloatVector.zero(SPECIES);
    for (int i = 0; i < outer; i++) {
      int xk = xAt + xRows[i];
      int wk = wAt + i * wRow;
      int k = 0;
      for (; k < inner - 1; k += 2) {
        FloatVector wa0 = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector x0a = FloatVector.broadcast(SPECIES, x[xk]);
        a0a = x0a.fma(wa0, a0a);
        FloatVector x1a = FloatVector.broadcast(SPECIES, x[xk + 1]);
        a1a = x1a.fma(wa0, a1a);
        FloatVector x2a = FloatVector.broadcast(SPECIES, x[xk + 2]);
        a2a = x2a.fma(wa0, a2a);
        FloatVector x3a = FloatVector.broadcast(SPECIES, x[xk + 3]);
        a3a = x3a.fma(wa0, a3a);
        FloatVector x4a = FloatVector.broadcast(SPECIES, x[xk + 4]);
        a4a = x4a.fma(wa0, a4a);
        FloatVector x5a = FloatVector.broadcast(SPECIES, x[xk + 5]);
        a5a = x5a.fma(wa0, a5a);
        FloatVector x6a = FloatVector.broadcast(SPECIES, x[xk + 6]);
        a6a = x6a.fma(wa0, a6a);
        FloatVector x7a = FloatVector.broadcast(SPECIES, x[xk + 7]);
        a7a = x7a.fma(wa0, a7a);
        xk += xStep;
        wk += wStep;
        FloatVector wa1 = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector x0b = FloatVector.broadcast(SPECIES, x[xk]);
        a0a = x0b.fma(wa1, a0a);
        FloatVector x1b = FloatVector.broadcast(SPECIES, x[xk + 1]);
        a1a = x1b.fma(wa1, a1a);
        FloatVector x2b = FloatVector.broadcast(SPECIES, x[xk + 2]);
        a2a = x2b.fma(wa1, a2a);
        FloatVector x3b = FloatVector.broadcast(SPECIES, x[xk + 3]);
        a3a = x3b.fma(wa1, a3a);
        FloatVector x4b = FloatVector.broadcast(SPECIES, x[xk + 4]);
        a4a = x4b.fma(wa1, a4a);
        FloatVector x5b = FloatVector.broadcast(SPECIES, x[xk + 5]);
        a5a = x5b.fma(wa1, a5a);
        FloatVector x6b = FloatVector.broadcast(SPECIES, x[xk + 6]);
        a6a = x6b.fma(wa1, a6a);
        FloatVector x7b = FloatVector.broadcast(SPECIES, x[xk + 7]);
        a7a = x7b.fma(wa1, a7a);
        xk += xStep;
        wk += wStep;
      }
      if (k < inner) {
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
    }
    if (accumulate) {
      a0a.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      a1a.add(FloatVector.fromArray(SPECIES, y, yAt + yStep)).intoArray(y, yAt + yStep);
      a2a.add(FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep)).intoArray(y, yAt + 2 * yStep);
      a3a.add(FloatVector.fromArray(SPECIES, y, yAt + 3 * yStep)).intoArray(y, yAt + 3 * yStep);
      a4a.add(FloatVector.fromArray(SPECIES, y, yAt + 4 * yStep)).intoArray(y, yAt + 4 * yStep);
      a5a.add(FloatVector.fromArray(SPECIES, y, yAt + 5 * yStep)).intoArray(y, yAt + 5 * yStep);
      a6a.add(FloatVector.fromArray(SPECIES, y, yAt + 6 * yStep)).intoArray(y, yAt + 6 * yStep);
      a7a.add(FloatVector.fromArray(SPECIES, y, yAt + 7 * yStep)).intoArray(y, yAt + 7 * yStep);
      return;
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
