package engram.backend.vector.tile;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;

/** 8 pixels x 1 vector of output channels: 8 accumulators. */
final class PatchTile8x1 implements PatchTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int pixels() {
    return 8;
  }

  @Override
  public int channels() {
    return 1 * L;
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
    FloatVector a1a = FloatVector.zero(SPECIES);
    FloatVector a2a = FloatVector.zero(SPECIES);
    FloatVector a3a = FloatVector.zero(SPECIES);
    FloatVector a4a = FloatVector.zero(SPECIES);
    FloatVector a5a = FloatVector.zero(SPECIES);
    FloatVector a6a = FloatVector.zero(SPECIES);
    FloatVector a7a = FloatVector.zero(SPECIES);
    int at0 = xAt + pixels[first];
    int at1 = xAt + pixels[first + 1];
    int at2 = xAt + pixels[first + 2];
    int at3 = xAt + pixels[first + 3];
    int at4 = xAt + pixels[first + 4];
    int at5 = xAt + pixels[first + 5];
    int at6 = xAt + pixels[first + 6];
    int at7 = xAt + pixels[first + 7];
    for (int row = 0; row < rows; row++) {
      int k = 0;
      for (; k < length - 1; k += 2) {
        int wk = wAt + k * L;
        FloatVector wa0 = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector x0a = FloatVector.broadcast(SPECIES, x[at0 + k]);
        a0a = x0a.fma(wa0, a0a);
        FloatVector x1a = FloatVector.broadcast(SPECIES, x[at1 + k]);
        a1a = x1a.fma(wa0, a1a);
        FloatVector x2a = FloatVector.broadcast(SPECIES, x[at2 + k]);
        a2a = x2a.fma(wa0, a2a);
        FloatVector x3a = FloatVector.broadcast(SPECIES, x[at3 + k]);
        a3a = x3a.fma(wa0, a3a);
        FloatVector x4a = FloatVector.broadcast(SPECIES, x[at4 + k]);
        a4a = x4a.fma(wa0, a4a);
        FloatVector x5a = FloatVector.broadcast(SPECIES, x[at5 + k]);
        a5a = x5a.fma(wa0, a5a);
        FloatVector x6a = FloatVector.broadcast(SPECIES, x[at6 + k]);
        a6a = x6a.fma(wa0, a6a);
        FloatVector x7a = FloatVector.broadcast(SPECIES, x[at7 + k]);
        a7a = x7a.fma(wa0, a7a);
        FloatVector wa1 = FloatVector.fromArray(SPECIES, w, wk + L);
        FloatVector x0b = FloatVector.broadcast(SPECIES, x[at0 + k + 1]);
        a0a = x0b.fma(wa1, a0a);
        FloatVector x1b = FloatVector.broadcast(SPECIES, x[at1 + k + 1]);
        a1a = x1b.fma(wa1, a1a);
        FloatVector x2b = FloatVector.broadcast(SPECIES, x[at2 + k + 1]);
        a2a = x2b.fma(wa1, a2a);
        FloatVector x3b = FloatVector.broadcast(SPECIES, x[at3 + k + 1]);
        a3a = x3b.fma(wa1, a3a);
        FloatVector x4b = FloatVector.broadcast(SPECIES, x[at4 + k + 1]);
        a4a = x4b.fma(wa1, a4a);
        FloatVector x5b = FloatVector.broadcast(SPECIES, x[at5 + k + 1]);
        a5a = x5b.fma(wa1, a5a);
        FloatVector x6b = FloatVector.broadcast(SPECIES, x[at6 + k + 1]);
        a6a = x6b.fma(wa1, a6a);
        FloatVector x7b = FloatVector.broadcast(SPECIES, x[at7 + k + 1]);
        a7a = x7b.fma(wa1, a7a);
      }
      if (k < length) {
        int wk = wAt + k * L;
        FloatVector wa = FloatVector.fromArray(SPECIES, w, wk);
        FloatVector x0 = FloatVector.broadcast(SPECIES, x[at0 + k]);
        a0a = x0.fma(wa, a0a);
        FloatVector x1 = FloatVector.broadcast(SPECIES, x[at1 + k]);
        a1a = x1.fma(wa, a1a);
        FloatVector x2 = FloatVector.broadcast(SPECIES, x[at2 + k]);
        a2a = x2.fma(wa, a2a);
        FloatVector x3 = FloatVector.broadcast(SPECIES, x[at3 + k]);
        a3a = x3.fma(wa, a3a);
        FloatVector x4 = FloatVector.broadcast(SPECIES, x[at4 + k]);
        a4a = x4.fma(wa, a4a);
        FloatVector x5 = FloatVector.broadcast(SPECIES, x[at5 + k]);
        a5a = x5.fma(wa, a5a);
        FloatVector x6 = FloatVector.broadcast(SPECIES, x[at6 + k]);
        a6a = x6.fma(wa, a6a);
        FloatVector x7 = FloatVector.broadcast(SPECIES, x[at7 + k]);
        a7a = x7.fma(wa, a7a);
      }
      wAt += length * L;
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
    a1a.intoArray(y, yAt + yStep);
    a2a.intoArray(y, yAt + 2 * yStep);
    a3a.intoArray(y, yAt + 3 * yStep);
    a4a.intoArray(y, yAt + 4 * yStep);
    a5a.intoArray(y, yAt + 5 * yStep);
    a6a.intoArray(y, yAt + 6 * yStep);
    a7a.intoArray(y, yAt + 7 * yStep);
  }
}
