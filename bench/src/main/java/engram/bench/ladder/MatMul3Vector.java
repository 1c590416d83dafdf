package engram.bench.ladder;

import static engram.bench.ladder.Registers.LANES;
import static engram.bench.ladder.Registers.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Rung 3: registers. Eight sums of a tile of 4 rows x 2 vectors stay in registers over all terms:
 * six loads feed eight multiply-adds, and eight independent chains hide the latency of one. The
 * columns of b are packed first, so that the inner loop reads memory in order.
 */
public final class MatMul3Vector implements Rung<Product> {
  private float[] packed = new float[0];

  @Override
  public void run(Product p) {
    for (int j = 0; j < p.n(); j += 2 * LANES) {
      packed = p.packed(j, packed);
      for (int i = 0; i < p.m(); i += 4) {
        tile(p.a(), i * p.k(), packed, p.k(), p.y(), i * p.n() + j, p.n());
      }
    }
    p.activate();
  }

  private static void tile(float[] a, int row, float[] b, int k, float[] y, int at, int n) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    for (int t = 0; t < k; t++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, t * 2 * LANES);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, t * 2 * LANES + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[row + t]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[row + k + t]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[row + 2 * k + t]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[row + 3 * k + t]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    c00.intoArray(y, at);
    c01.intoArray(y, at + LANES);
    c10.intoArray(y, at + n);
    c11.intoArray(y, at + n + LANES);
    c20.intoArray(y, at + 2 * n);
    c21.intoArray(y, at + 2 * n + LANES);
    c30.intoArray(y, at + 3 * n);
    c31.intoArray(y, at + 3 * n + LANES);
  }
}
