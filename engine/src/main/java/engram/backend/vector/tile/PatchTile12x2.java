package engram.backend.vector.tile;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;

/** 12 pixels x 2 vectors of output channels: 24 accumulators. */
final class PatchTile12x2 implements PatchTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int pixels() {
    return 12;
  }

  @Override
  public int channels() {
    return 2 * L;
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
    int at0 = xAt + pixels[first];
    int at1 = xAt + pixels[first + 1];
    int at2 = xAt + pixels[first + 2];
    int at3 = xAt + pixels[first + 3];
    int at4 = xAt + pixels[first + 4];
    int at5 = xAt + pixels[first + 5];
    int at6 = xAt + pixels[first + 6];
    int at7 = xAt + pixels[first + 7];
    int at8 = xAt + pixels[first + 8];
    int at9 = xAt + pixels[first + 9];
    int at10 = xAt + pixels[first + 10];
    int at11 = xAt + pixels[first + 11];
    for (int row = 0; row < rows; row++) {
      int k = 0;
      for (; k < length - 1; k += 2) {
        int wk = wAt + k * 2 * L;
        FloatVector wa0 = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector wb0 = FloatVector.fromArray(SPECIES, w, wk + L);
        FloatVector x0a = FloatVector.broadcast(SPECIES, x[at0 + k]);
        a0a = x0a.fma(wa0, a0a);
        a0b = x0a.fma(wb0, a0b);
        FloatVector x1a = FloatVector.broadcast(SPECIES, x[at1 + k]);
        a1a = x1a.fma(wa0, a1a);
        a1b = x1a.fma(wb0, a1b);
        FloatVector x2a = FloatVector.broadcast(SPECIES, x[at2 + k]);
        a2a = x2a.fma(wa0, a2a);
        a2b = x2a.fma(wb0, a2b);
        FloatVector x3a = FloatVector.broadcast(SPECIES, x[at3 + k]);
        a3a = x3a.fma(wa0, a3a);
        a3b = x3a.fma(wb0, a3b);
        FloatVector x4a = FloatVector.broadcast(SPECIES, x[at4 + k]);
        a4a = x4a.fma(wa0, a4a);
        a4b = x4a.fma(wb0, a4b);
        FloatVector x5a = FloatVector.broadcast(SPECIES, x[at5 + k]);
        a5a = x5a.fma(wa0, a5a);
        a5b = x5a.fma(wb0, a5b);
        FloatVector x6a = FloatVector.broadcast(SPECIES, x[at6 + k]);
        a6a = x6a.fma(wa0, a6a);
        a6b = x6a.fma(wb0, a6b);
        FloatVector x7a = FloatVector.broadcast(SPECIES, x[at7 + k]);
        a7a = x7a.fma(wa0, a7a);
        a7b = x7a.fma(wb0, a7b);
        FloatVector x8a = FloatVector.broadcast(SPECIES, x[at8 + k]);
        a8a = x8a.fma(wa0, a8a);
        a8b = x8a.fma(wb0, a8b);
        FloatVector x9a = FloatVector.broadcast(SPECIES, x[at9 + k]);
        a9a = x9a.fma(wa0, a9a);
        a9b = x9a.fma(wb0, a9b);
        FloatVector x10a = FloatVector.broadcast(SPECIES, x[at10 + k]);
        a10a = x10a.fma(wa0, a10a);
        a10b = x10a.fma(wb0, a10b);
        FloatVector x11a = FloatVector.broadcast(SPECIES, x[at11 + k]);
        a11a = x11a.fma(wa0, a11a);
        a11b = x11a.fma(wb0, a11b);
        FloatVector wa1 = FloatVector.fromArray(SPECIES, w, wk + 2 * L);
        FloatVector wb1 = FloatVector.fromArray(SPECIES, w, wk + 3 * L);
        FloatVector x0b = FloatVector.broadcast(SPECIES, x[at0 + k + 1]);
        a0a = x0b.fma(wa1, a0a);
        a0b = x0b.fma(wb1, a0b);
        FloatVector x1b = FloatVector.broadcast(SPECIES, x[at1 + k + 1]);
        a1a = x1b.fma(wa1, a1a);
        a1b = x1b.fma(wb1, a1b);
        FloatVector x2b = FloatVector.broadcast(SPECIES, x[at2 + k + 1]);
        a2a = x2b.fma(wa1, a2a);
        a2b = x2b.fma(wb1, a2b);
        FloatVector x3b = FloatVector.broadcast(SPECIES, x[at3 + k + 1]);
        a3a = x3b.fma(wa1, a3a);
        a3b = x3b.fma(wb1, a3b);
        FloatVector x4b = FloatVector.broadcast(SPECIES, x[at4 + k + 1]);
        a4a = x4b.fma(wa1, a4a);
        a4b = x4b.fma(wb1, a4b);
        FloatVector x5b = FloatVector.broadcast(SPECIES, x[at5 + k + 1]);
        a5a = x5b.fma(wa1, a5a);
        a5b = x5b.fma(wb1, a5b);
        FloatVector x6b = FloatVector.broadcast(SPECIES, x[at6 + k + 1]);
        a6a = x6b.fma(wa1, a6a);
        a6b = x6b.fma(wb1, a6b);
        FloatVector x7b = FloatVector.broadcast(SPECIES, x[at7 + k + 1]);
        a7a = x7b.fma(wa1, a7a);
        a7b = x7b.fma(wb1, a7b);
        FloatVector x8b = FloatVector.broadcast(SPECIES, x[at8 + k + 1]);
        a8a = x8b.fma(wa1, a8a);
        a8b = x8b.fma(wb1, a8b);
        FloatVector x9b = FloatVector.broadcast(SPECIES, x[at9 + k + 1]);
        a9a = x9b.fma(wa1, a9a);
        a9b = x9b.fma(wb1, a9b);
        FloatVector x10b = FloatVector.broadcast(SPECIES, x[at10 + k + 1]);
        a10a = x10b.fma(wa1, a10a);
        a10b = x10b.fma(wb1, a10b);
        FloatVector x11b = FloatVector.broadcast(SPECIES, x[at11 + k + 1]);
        a11a = x11b.fma(wa1, a11a);
        a11b = x11b.fma(wb1, a11b);
      }
      if (k < length) {
        int wk = wAt + k * 2 * L;
        FloatVector wa = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector wb = FloatVector.fromArray(SPECIES, w, wk + L);
        FloatVector x0 = FloatVector.broadcast(SPECIES, x[at0 + k]);
        a0a = x0.fma(wa, a0a);
        a0b = x0.fma(wb, a0b);
        FloatVector x1 = FloatVector.broadcast(SPECIES, x[at1 + k]);
        a1a = x1.fma(wa, a1a);
        a1b = x1.fma(wb, a1b);
        FloatVector x2 = FloatVector.broadcast(SPECIES, x[at2 + k]);
        a2a = x2.fma(wa, a2a);
        a2b = x2.fma(wb, a2b);
        FloatVector x3 = FloatVector.broadcast(SPECIES, x[at3 + k]);
        a3a = x3.fma(wa, a3a);
        a3b = x3.fma(wb, a3b);
        FloatVector x4 = FloatVector.broadcast(SPECIES, x[at4 + k]);
        a4a = x4.fma(wa, a4a);
        a4b = x4.fma(wb, a4b);
        FloatVector x5 = FloatVector.broadcast(SPECIES, x[at5 + k]);
        a5a = x5.fma(wa, a5a);
        a5b = x5.fma(wb, a5b);
        FloatVector x6 = FloatVector.broadcast(SPECIES, x[at6 + k]);
        a6a = x6.fma(wa, a6a);
        a6b = x6.fma(wb, a6b);
        FloatVector x7 = FloatVector.broadcast(SPECIES, x[at7 + k]);
        a7a = x7.fma(wa, a7a);
        a7b = x7.fma(wb, a7b);
        FloatVector x8 = FloatVector.broadcast(SPECIES, x[at8 + k]);
        a8a = x8.fma(wa, a8a);
        a8b = x8.fma(wb, a8b);
        FloatVector x9 = FloatVector.broadcast(SPECIES, x[at9 + k]);
        a9a = x9.fma(wa, a9a);
        a9b = x9.fma(wb, a9b);
        FloatVector x10 = FloatVector.broadcast(SPECIES, x[at10 + k]);
        a10a = x10.fma(wa, a10a);
        a10b = x10.fma(wb, a10b);
        FloatVector x11 = FloatVector.broadcast(SPECIES, x[at11 + k]);
        a11a = x11.fma(wa, a11a);
        a11b = x11.fma(wb, a11b);
      }
      wAt += length * 2 * L;
      at0 += xRow;
      at1 += xRow;
      at2 += xRow;
      at3 += xRow;
      at4 += xRow;
      at5 += xRow;
      at6 += xRow;
      at7 += xRow;
      at8 += xRow;
      at9 += xRow;
      at10 += xRow;
      at11 += xRow;
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
