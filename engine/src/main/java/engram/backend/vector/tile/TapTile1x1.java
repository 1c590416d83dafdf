package engram.backend.vector.tile;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;

/** 1 kernel row x 1 vector: 1 accumulator. */
final class TapTile1x1 implements TapTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int rows() {
    return 1;
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
    for (int i = 0; i < count; i++) {
      FloatVector d = FloatVector.broadcast(SPECIES, g[gAt + i * step]);
      int x0 = xAt + at[first + i * step];
      a0a = d.fma(FloatVector.fromArray(SPECIES, x, x0), a0a);
    }
    if (accumulate) {
      a0a.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      return;
    }
    a0a.intoArray(y, yAt);
  }
}
