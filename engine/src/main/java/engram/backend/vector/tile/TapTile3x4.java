package engram.backend.vector.tile;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;

/** 3 kernel rows x 4 vectors: 12 accumulators. */
final class TapTile3x4 implements TapTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int rows() {
    return 3;
  }

  @Override
  public int columns() {
    return 4 * L;
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
    FloatVector a0c = FloatVector.zero(SPECIES);
    FloatVector a0d = FloatVector.zero(SPECIES);
    FloatVector a1a = FloatVector.zero(SPECIES);
    FloatVector a1b = FloatVector.zero(SPECIES);
    FloatVector a1c = FloatVector.zero(SPECIES);
    FloatVector a1d = FloatVector.zero(SPECIES);
    FloatVector a2a = FloatVector.zero(SPECIES);
    FloatVector a2b = FloatVector.zero(SPECIES);
    FloatVector a2c = FloatVector.zero(SPECIES);
    FloatVector a2d = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i++) {
      FloatVector d = FloatVector.broadcast(SPECIES, g[gAt + i * step]);
      int x0 = xAt + at[first + i * step];
      int x1 = x0 + xRow;
      int x2 = x1 + xRow;
      a0a = d.fma(FloatVector.fromArray(SPECIES, x, x0), a0a);
      a0b = d.fma(FloatVector.fromArray(SPECIES, x, x0 + L), a0b);
      a0c = d.fma(FloatVector.fromArray(SPECIES, x, x0 + 2 * L), a0c);
      a0d = d.fma(FloatVector.fromArray(SPECIES, x, x0 + 3 * L), a0d);
      a1a = d.fma(FloatVector.fromArray(SPECIES, x, x1), a1a);
      a1b = d.fma(FloatVector.fromArray(SPECIES, x, x1 + L), a1b);
      a1c = d.fma(FloatVector.fromArray(SPECIES, x, x1 + 2 * L), a1c);
      a1d = d.fma(FloatVector.fromArray(SPECIES, x, x1 + 3 * L), a1d);
      a2a = d.fma(FloatVector.fromArray(SPECIES, x, x2), a2a);
      a2b = d.fma(FloatVector.fromArray(SPECIES, x, x2 + L), a2b);
      a2c = d.fma(FloatVector.fromArray(SPECIES, x, x2 + 2 * L), a2c);
      a2d = d.fma(FloatVector.fromArray(SPECIES, x, x2 + 3 * L), a2d);
    }
    if (accumulate) {
      a0a.add(FloatVector.fromArray(SPECIES, y, yAt)).intoArray(y, yAt);
      a0b.add(FloatVector.fromArray(SPECIES, y, yAt + L)).intoArray(y, yAt + L);
      a0c.add(FloatVector.fromArray(SPECIES, y, yAt + 2 * L)).intoArray(y, yAt + 2 * L);
      a0d.add(FloatVector.fromArray(SPECIES, y, yAt + 3 * L)).intoArray(y, yAt + 3 * L);
      a1a.add(FloatVector.fromArray(SPECIES, y, yAt + yStep)).intoArray(y, yAt + yStep);
      a1b.add(FloatVector.fromArray(SPECIES, y, yAt + yStep + L)).intoArray(y, yAt + yStep + L);
      a1c.add(FloatVector.fromArray(SPECIES, y, yAt + yStep + 2 * L))
          .intoArray(y, yAt + yStep + 2 * L);
      a1d.add(FloatVector.fromArray(SPECIES, y, yAt + yStep + 3 * L))
          .intoArray(y, yAt + yStep + 3 * L);
      a2a.add(FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep)).intoArray(y, yAt + 2 * yStep);
      a2b.add(FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep + L))
          .intoArray(y, yAt + 2 * yStep + L);
      a2c.add(FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep + 2 * L))
          .intoArray(y, yAt + 2 * yStep + 2 * L);
      a2d.add(FloatVector.fromArray(SPECIES, y, yAt + 2 * yStep + 3 * L))
          .intoArray(y, yAt + 2 * yStep + 3 * L);
      return;
    }
    a0a.intoArray(y, yAt);
    a0b.intoArray(y, yAt + L);
    a0c.intoArray(y, yAt + 2 * L);
    a0d.intoArray(y, yAt + 3 * L);
    a1a.intoArray(y, yAt + yStep);
    a1b.intoArray(y, yAt + yStep + L);
    a1c.intoArray(y, yAt + yStep + 2 * L);
    a1d.intoArray(y, yAt + yStep + 3 * L);
    a2a.intoArray(y, yAt + 2 * yStep);
    a2b.intoArray(y, yAt + 2 * yStep + L);
    a2c.intoArray(y, yAt + 2 * yStep + 2 * L);
    a2d.intoArray(y, yAt + 2 * yStep + 3 * L);
  }
}
