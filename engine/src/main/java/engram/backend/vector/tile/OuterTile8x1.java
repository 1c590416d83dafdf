package engram.backend.vector.tile;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
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
      int[] pixels,
      int count,
      float[] w,
      int wAt,
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
    for (int i = 0; i < count; i++) {
      int at = xAt + pixels[i];
      int from = wAt + i * L;
      FloatVector wa = FloatVector.fromArray(SPECIES, w, from);
      FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
      a0a = x0.fma(wa, a0a);
      FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + 1]);
      a1a = x1.fma(wa, a1a);
      FloatVector x2 = FloatVector.broadcast(SPECIES, x[at + 2]);
      a2a = x2.fma(wa, a2a);
      FloatVector x3 = FloatVector.broadcast(SPECIES, x[at + 3]);
      a3a = x3.fma(wa, a3a);
      FloatVector x4 = FloatVector.broadcast(SPECIES, x[at + 4]);
      a4a = x4.fma(wa, a4a);
      FloatVector x5 = FloatVector.broadcast(SPECIES, x[at + 5]);
      a5a = x5.fma(wa, a5a);
      FloatVector x6 = FloatVector.broadcast(SPECIES, x[at + 6]);
      a6a = x6.fma(wa, a6a);
      FloatVector x7 = FloatVector.broadcast(SPECIES, x[at + 7]);
      a7a = x7.fma(wa, a7a);
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
