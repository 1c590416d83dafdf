package engram.backend.vector.kernel;

import static engram.backend.vector.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 12 rows x 2 vectors of columns: 24 accumulators. */
final class OuterTile12x2 implements OuterTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int rows() {
    return 12;
  }

  @Override
  public int columns() {
    return 2 * L;
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
    FloatVector a0b = FloatVector.zero(SPECIES);
    FloatVector a1a = FloatVector.zero(SPECIES);
    FloatVector a1b = FloatVector.zero(SPECIES);
    FloatVector a2a = FloatVector.zero(SPECIES);
    FloatVector a2b = FloatVector.zero(SPECIES);
    FloatVector a3a = FloatVector.zero(SPECIES);
    FloatVector a3b = FloatVector.zero(SPECIES);
    FloatVector a4a = FloatVector.zero(SPECIES);
    FloatVector a4b = FloatVector.zero(SPECIES);
    FloatVector a5a = FloatVector.zero(SPECIES);
    FloatVector a5b = FloatVector.zero(SPECIES);
    FloatVector a6a = FloatVector.zero(SPECIES);
    FloatVector a6b = FloatVector.zero(SPECIES);
    FloatVector a7a = FloatVector.zero(SPECIES);
    FloatVector a7b = FloatVector.zero(SPECIES);
    FloatVector a8a = FloatVector.zero(SPECIES);
    FloatVector a8b = FloatVector.zero(SPECIES);
    FloatVector a9a = FloatVector.zero(SPECIES);
    FloatVector a9b = FloatVector.zero(SPECIES);
    FloatVector a10a = FloatVector.zero(SPECIES);
    FloatVector a10b = FloatVector.zero(SPECIES);
    FloatVector a11a = FloatVector.zero(SPECIES);
    FloatVector a11b = FloatVector.zero(SPECIES);
    for (int i = 0; i < outer; i++) {
      int xk = xAt + xRows[i];
      int wk = wAt + i * wRow;
      int k = 0;
      for (; k < inner - 1; k += 2) {
        FloatVector wa0 = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector wb0 = FloatVector.fromArray(SPECIES, w, wk + L);
        FloatVector x0a = FloatVector.broadcast(SPECIES, x[xk]);
        a0a = x0a.fma(wa0, a0a);
        a0b = x0a.fma(wb0, a0b);
        FloatVector x1a = FloatVector.broadcast(SPECIES, x[xk + 1]);
        a1a = x1a.fma(wa0, a1a);
        a1b = x1a.fma(wb0, a1b);
        FloatVector x2a = FloatVector.broadcast(SPECIES, x[xk + 2]);
        a2a = x2a.fma(wa0, a2a);
        a2b = x2a.fma(wb0, a2b);
        FloatVector x3a = FloatVector.broadcast(SPECIES, x[xk + 3]);
        a3a = x3a.fma(wa0, a3a);
        a3b = x3a.fma(wb0, a3b);
        FloatVector x4a = FloatVector.broadcast(SPECIES, x[xk + 4]);
        a4a = x4a.fma(wa0, a4a);
        a4b = x4a.fma(wb0, a4b);
        FloatVector x5a = FloatVector.broadcast(SPECIES, x[xk + 5]);
        a5a = x5a.fma(wa0, a5a);
        a5b = x5a.fma(wb0, a5b);
        FloatVector x6a = FloatVector.broadcast(SPECIES, x[xk + 6]);
        a6a = x6a.fma(wa0, a6a);
        a6b = x6a.fma(wb0, a6b);
        FloatVector x7a = FloatVector.broadcast(SPECIES, x[xk + 7]);
        a7a = x7a.fma(wa0, a7a);
        a7b = x7a.fma(wb0, a7b);
        FloatVector x8a = FloatVector.broadcast(SPECIES, x[xk + 8]);
        a8a = x8a.fma(wa0, a8a);
        a8b = x8a.fma(wb0, a8b);
        FloatVector x9a = FloatVector.broadcast(SPECIES, x[xk + 9]);
        a9a = x9a.fma(wa0, a9a);
        a9b = x9a.fma(wb0, a9b);
        FloatVector x10a = FloatVector.broadcast(SPECIES, x[xk + 10]);
        a10a = x10a.fma(wa0, a10a);
        a10b = x10a.fma(wb0, a10b);
        FloatVector x11a = FloatVector.broadcast(SPECIES, x[xk + 11]);
        a11a = x11a.fma(wa0, a11a);
        a11b = x11a.fma(wb0, a11b);
        xk += xStep;
        wk += wStep;
        FloatVector wa1 = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector wb1 = FloatVector.fromArray(SPECIES, w, wk + L);
        FloatVector x0b = FloatVector.broadcast(SPECIES, x[xk]);
        a0a = x0b.fma(wa1, a0a);
        a0b = x0b.fma(wb1, a0b);
        FloatVector x1b = FloatVector.broadcast(SPECIES, x[xk + 1]);
        a1a = x1b.fma(wa1, a1a);
        a1b = x1b.fma(wb1, a1b);
        FloatVector x2b = FloatVector.broadcast(SPECIES, x[xk + 2]);
        a2a = x2b.fma(wa1, a2a);
        a2b = x2b.fma(wb1, a2b);
        FloatVector x3b = FloatVector.broadcast(SPECIES, x[xk + 3]);
        a3a = x3b.fma(wa1, a3a);
        a3b = x3b.fma(wb1, a3b);
        FloatVector x4b = FloatVector.broadcast(SPECIES, x[xk + 4]);
        a4a = x4b.fma(wa1, a4a);
        a4b = x4b.fma(wb1, a4b);
        FloatVector x5b = FloatVector.broadcast(SPECIES, x[xk + 5]);
        a5a = x5b.fma(wa1, a5a);
        a5b = x5b.fma(wb1, a5b);
        FloatVector x6b = FloatVector.broadcast(SPECIES, x[xk + 6]);
        a6a = x6b.fma(wa1, a6a);
        a6b = x6b.fma(wb1, a6b);
        FloatVector x7b = FloatVector.broadcast(SPECIES, x[xk + 7]);
        a7a = x7b.fma(wa1, a7a);
        a7b = x7b.fma(wb1, a7b);
        FloatVector x8b = FloatVector.broadcast(SPECIES, x[xk + 8]);
        a8a = x8b.fma(wa1, a8a);
        a8b = x8b.fma(wb1, a8b);
        FloatVector x9b = FloatVector.broadcast(SPECIES, x[xk + 9]);
        a9a = x9b.fma(wa1, a9a);
        a9b = x9b.fma(wb1, a9b);
        FloatVector x10b = FloatVector.broadcast(SPECIES, x[xk + 10]);
        a10a = x10b.fma(wa1, a10a);
        a10b = x10b.fma(wb1, a10b);
        FloatVector x11b = FloatVector.broadcast(SPECIES, x[xk + 11]);
        a11a = x11b.fma(wa1, a11a);
        a11b = x11b.fma(wb1, a11b);
        xk += xStep;
        wk += wStep;
      }
      if (k < inner) {
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
        FloatVector x8 = FloatVector.broadcast(SPECIES, x[xk + 8]);
        a8a = x8.fma(wa, a8a);
        a8b = x8.fma(wb, a8b);
        FloatVector x9 = FloatVector.broadcast(SPECIES, x[xk + 9]);
        a9a = x9.fma(wa, a9a);
        a9b = x9.fma(wb, a9b);
        FloatVector x10 = FloatVector.broadcast(SPECIES, x[xk + 10]);
        a10a = x10.fma(wa, a10a);
        a10b = x10.fma(wb, a10b);
        FloatVector x11 = FloatVector.broadcast(SPECIES, x[xk + 11]);
        a11a = x11.fma(wa, a11a);
        a11b = x11.fma(wb, a11b);
      }
    }
    if (accumulate) {
      a0a.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      a0b.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      a1a.add(FloatVector.fromArray(SPECIES, y, yAt + yStep)).intoArray(y, yAt + yStep);
      a1b.add(FloatVector.fromArray(SPECIES, y, yAt + yStep + L)).intoArray(y, yAt + yStep + L);
      a2a.add(FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep)).intoArray(y, yAt + 2 * yStep);
      a2b.add(FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep + L))
          .intoArray(y, yAt + 2 * yStep + L);
      a3a.add(FloatVector.fromArray(SPECIES, y, yAt + 3 * yStep)).intoArray(y, yAt + 3 * yStep);
      a3b.add(FloatVector.fromArray(SPECIES, y, yAt + 3 * yStep + L))
          .intoArray(y, yAt + 3 * yStep + L);
      a4a.add(FloatVector.fromArray(SPECIES, y, yAt + 4 * yStep)).intoArray(y, yAt + 4 * yStep);
      a4b.add(FloatVector.fromArray(SPECIES, y, yAt + 4 * yStep + L))
          .intoArray(y, yAt + 4 * yStep + L);
      a5a.add(FloatVector.fromArray(SPECIES, y, yAt + 5 * yStep)).intoArray(y, yAt + 5 * yStep);
      a5b.add(FloatVector.fromArray(SPECIES, y, yAt + 5 * yStep + L))
          .intoArray(y, yAt + 5 * yStep + L);
      a6a.add(FloatVector.fromArray(SPECIES, y, yAt + 6 * yStep)).intoArray(y, yAt + 6 * yStep);
      a6b.add(FloatVector.fromArray(SPECIES, y, yAt + 6 * yStep + L))
          .intoArray(y, yAt + 6 * yStep + L);
      a7a.add(FloatVector.fromArray(SPECIES, y, yAt + 7 * yStep)).intoArray(y, yAt + 7 * yStep);
      a7b.add(FloatVector.fromArray(SPECIES, y, yAt + 7 * yStep + L))
          .intoArray(y, yAt + 7 * yStep + L);
      a8a.add(FloatVector.fromArray(SPECIES, y, yAt + 8 * yStep)).intoArray(y, yAt + 8 * yStep);
      a8b.add(FloatVector.fromArray(SPECIES, y, yAt + 8 * yStep + L))
          .intoArray(y, yAt + 8 * yStep + L);
      a9a.add(FloatVector.fromArray(SPECIES, y, yAt + 9 * yStep)).intoArray(y, yAt + 9 * yStep);
      a9b.add(FloatVector.fromArray(SPECIES, y, yAt + 9 * yStep + L))
          .intoArray(y, yAt + 9 * yStep + L);
      a10a.add(FloatVector.fromArray(SPECIES, y, yAt + 10 * yStep)).intoArray(y, yAt + 10 * yStep);
      a10b.add(FloatVector.fromArray(SPECIES, y, yAt + 10 * yStep + L))
          .intoArray(y, yAt + 10 * yStep + L);
      a11a.add(FloatVector.fromArray(SPECIES, y, yAt + 11 * yStep)).intoArray(y, yAt + 11 * yStep);
      a11b.add(FloatVector.fromArray(SPECIES, y, yAt + 11 * yStep + L))
          .intoArray(y, yAt + 11 * yStep + L);
      return;
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
    a8a.intoArray(y, yAt + 8 * yStep);
    a8b.intoArray(y, yAt + 8 * yStep + L);
    a9a.intoArray(y, yAt + 9 * yStep);
    a9b.intoArray(y, yAt + 9 * yStep + L);
    a10a.intoArray(y, yAt + 10 * yStep);
    a10b.intoArray(y, yAt + 10 * yStep + L);
    a11a.intoArray(y, yAt + 11 * yStep);
    a11b.intoArray(y, yAt + 11 * yStep + L);
  }
}
