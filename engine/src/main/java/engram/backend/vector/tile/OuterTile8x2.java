package engram.backend.vector.tile;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;

/** 8 rows x 2 vectors of columns: 16 accumulators. */
final class OuterTile8x2 implements OuterTile {
  private static final int L = Lanes.COUNT;

  @Override
  public int rows() {
    return 8;
  }

  @Override
  public int columns() {
    return 2 * L;
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
    for (int i = 0; i < count; i++) {
      int at = xAt + pixels[i];
      int from = wAt + i * 2 * L;
      FloatVector wa = FloatVector.fromArray(SPECIES, w, from);
      FloatVector wb = FloatVector.fromArray(SPECIES, w, from + L);
      FloatVector x0 = FloatVector.broadcast(SPECIES, x[at]);
      a0a = x0.fma(wa, a0a);
      a0b = x0.fma(wb, a0b);
      FloatVector x1 = FloatVector.broadcast(SPECIES, x[at + 1]);
      a1a = x1.fma(wa, a1a);
      a1b = x1.fma(wb, a1b);
      FloatVector x2 = FloatVector.broadcast(SPECIES, x[at + 2]);
      a2a = x2.fma(wa, a2a);
      a2b = x2.fma(wb, a2b);
      FloatVector x3 = FloatVector.broadcast(SPECIES, x[at + 3]);
      a3a = x3.fma(wa, a3a);
      a3b = x3.fma(wb, a3b);
      FloatVector x4 = FloatVector.broadcast(SPECIES, x[at + 4]);
      a4a = x4.fma(wa, a4a);
      a4b = x4.fma(wb, a4b);
      FloatVector x5 = FloatVector.broadcast(SPECIES, x[at + 5]);
      a5a = x5.fma(wa, a5a);
      a5b = x5.fma(wb, a5b);
      FloatVector x6 = FloatVector.broadcast(SPECIES, x[at + 6]);
      a6a = x6.fma(wa, a6a);
      a6b = x6.fma(wb, a6b);
      FloatVector x7 = FloatVector.broadcast(SPECIES, x[at + 7]);
      a7a = x7.fma(wa, a7a);
      a7b = x7.fma(wb, a7b);
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
  }
}
