package engram.backend.vector.tile;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;

/** 5 kernel rows x 2 vectors: 10 accumulators. */
final class TapTile5x2 implements TapTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int rows() {
    return 5;
  }

  @Override
  public int columns() {
    return 2 * L;
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
    FloatVector a0b = FloatVector.zero(SPECIES);
    FloatVector a1a = FloatVector.zero(SPECIES);
    FloatVector a1b = FloatVector.zero(SPECIES);
    FloatVector a2a = FloatVector.zero(SPECIES);
    FloatVector a2b = FloatVector.zero(SPECIES);
    FloatVector a3a = FloatVector.zero(SPECIES);
    FloatVector a3b = FloatVector.zero(SPECIES);
    FloatVector a4a = FloatVector.zero(SPECIES);
    FloatVector a4b = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i++) {
      FloatVector d = FloatVector.broadcast(SPECIES, g[gAt + i * step]);
      int x0 = xAt + at[first + i * step];
      int x1 = x0 + xRow;
      int x2 = x1 + xRow;
      int x3 = x2 + xRow;
      int x4 = x3 + xRow;
      a0a = d.fma(FloatVector.fromArray(SPECIES, x, x0), a0a);
      a0b = d.fma(FloatVector.fromArray(SPECIES, x, x0 + L), a0b);
      a1a = d.fma(FloatVector.fromArray(SPECIES, x, x1), a1a);
      a1b = d.fma(FloatVector.fromArray(SPECIES, x, x1 + L), a1b);
      a2a = d.fma(FloatVector.fromArray(SPECIES, x, x2), a2a);
      a2b = d.fma(FloatVector.fromArray(SPECIES, x, x2 + L), a2b);
      a3a = d.fma(FloatVector.fromArray(SPECIES, x, x3), a3a);
      a3b = d.fma(FloatVector.fromArray(SPECIES, x, x3 + L), a3b);
      a4a = d.fma(FloatVector.fromArray(SPECIES, x, x4), a4a);
      a4b = d.fma(FloatVector.fromArray(SPECIES, x, x4 + L), a4b);
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
  }
}
