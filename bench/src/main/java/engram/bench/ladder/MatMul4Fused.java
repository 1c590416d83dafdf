package engram.bench.ladder;

import static engram.bench.ladder.Registers.LANES;
import static engram.bench.ladder.Registers.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Rung 4: fused. The tile of rung 3, whose sums get bias and ReLU while they are in registers: y is
 * written once and never read. For slopes from 0 to 1 the ReLU is one maximum.
 */
public final class MatMul4Fused implements Rung<Product> {
  private float[] packed = new float[0];

  @Override
  public void run(Product p) {
    for (int j = 0; j < p.n(); j += 2 * LANES) {
      packed = p.packed(j, packed);
      for (int i = 0; i < p.m(); i += 4) {
        tile(p.a(), i * p.k(), packed, p.k(), p.bias(), j, p.y(), i * p.n() + j, p.n());
      }
    }
  }

  private static void tile(
      float[] a, int row, float[] b, int k, float[] bias, int column, float[] y, int at, int n) {
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
    FloatVector bias0 = FloatVector.fromArray(SPECIES, bias, column);
    FloatVector bias1 = FloatVector.fromArray(SPECIES, bias, column + LANES);
    activate(c00, bias0).intoArray(y, at);
    activate(c01, bias1).intoArray(y, at + LANES);
    activate(c10, bias0).intoArray(y, at + n);
    activate(c11, bias1).intoArray(y, at + n + LANES);
    activate(c20, bias0).intoArray(y, at + 2 * n);
    activate(c21, bias1).intoArray(y, at + 2 * n + LANES);
    activate(c30, bias0).intoArray(y, at + 3 * n);
    activate(c31, bias1).intoArray(y, at + 3 * n + LANES);
  }

  private static FloatVector activate(FloatVector sum, FloatVector bias) {
    FloatVector v = sum.add(bias);
    return v.max(v.mul(Product.SLOPE));
  }
}
