package engram.backend.vector.tile;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;

/** 5 kernel rows x 1 vector: 5 accumulators. */
final class TapTile5x1 implements TapTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int rows() {
    return 5;
  }

  @Override
  public int columns() {
    return L;
  }

  @Override
  public void run(
      float[] x,
      int xAt,
      int xRow,
      int[] at,
      int first,
      float[] g,
      int gAt,
      int step,
      int count,
      float[] y,
      int yAt,
      int yStep,
      boolean accumulate) {
    FloatVector a0a = FloatVector.zero(SPECIES);
    FloatVector a1a = FloatVector.zero(SPECIES);
    FloatVector a2a = FloatVector.zero(SPECIES);
    FloatVector a3a = FloatVector.zero(SPECIES);
    FloatVector a4a = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i++) {
      FloatVector d = FloatVector.broadcast(SPECIES, g[gAt + i * step]);
      int x0 = xAt + at[first + i * step];
      int x1 = x0 + xRow;
      int x2 = x1 + xRow;
      int x3 = x2 + xRow;
      int x4 = x3 + xRow;
      a0a = d.fma(FloatVector.fromArray(SPECIES, x, x0), a0a);
      a1a = d.fma(FloatVector.fromArray(SPECIES, x, x1), a1a);
      a2a = d.fma(FloatVector.fromArray(SPECIES, x, x2), a2a);
      a3a = d.fma(FloatVector.fromArray(SPECIES, x, x3), a3a);
      a4a = d.fma(FloatVector.fromArray(SPECIES, x, x4), a4a);
    }
    if (accumulate) {
      a0a.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      a1a.add(FloatVector.fromArray(SPECIES, y, yAt + yStep)).intoArray(y, yAt + yStep);
      a2a.add(FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep)).intoArray(y, yAt + 2 * yStep);
      a3a.add(FloatVector.fromArray(SPECIES, y, yAt + 3 * yStep)).intoArray(y, yAt + 3 * yStep);
      a4a.add(FloatVector.fromArray(SPECIES, y, yAt + 4 * yStep)).intoArray(y, yAt + 4 * yStep);
      return;
    }
    a0a.intoArray(y, yAt);
    a1a.intoArray(y, yAt + yStep);
    a2a.intoArray(y, yAt + 2 * yStep);
    a3a.intoArray(y, yAt + 3 * yStep);
    a4a.intoArray(y, yAt + 4 * yStep);
  }
}
