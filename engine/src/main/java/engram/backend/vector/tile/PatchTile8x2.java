package engram.backend.vector.tile;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;

/** 8 pixels x 2 vectors of output channels: 16 accumulators. */
final class PatchTile8x2 implements PatchTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int pixels() {
    return 8;
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
    int at0 = xAt + pixels[first];
    int at1 = xAt + pixels[first + 1];
    int at2 = xAt + pixels[first + 2];
    int at3 = xAt + pixels[first + 3];
    int at4 = xAt + pixels[first + 4];
    int at5 = xAt + pixels[first + 5];
    int at6 = xAt + pixels[first + 6];
    int at7 = xAt + pixels[first + 7];
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < length; k++) {
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
