import engram.learn.api.FastJava;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

public class TiledProduct implements FastJava.TiledProduct {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public FastJava.Product naive() {
    return new NaiveProduct();
  }

  @Override
  public FastJava.Product vector() {
    return new VectorProduct();
  }

  @Override
  public void multiply(float[] a, float[] b, float[] y, int m, int n, int k) {
    for (int j = 0; j < n; j += 2 * LANES) {
      for (int i = 0; i < m; i += 4) {
        tile(a, i * k, k, b, j, y, i * n + j, n);
      }
    }
  }

  private static void tile(
      float[] a, int row, int k, float[] b, int column, float[] y, int at, int n) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    for (int t = 0; t < k; t++) {
      FloatVector left = FloatVector.fromArray(SPECIES, b, t * n + column);
      FloatVector right = FloatVector.fromArray(SPECIES, b, t * n + column + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[row + t]);
      c00 = a0.fma(left, c00);
      c01 = a0.fma(right, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[row + k + t]);
      c10 = a1.fma(left, c10);
      c11 = a1.fma(right, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[row + 2 * k + t]);
      c20 = a2.fma(left, c20);
      c21 = a2.fma(right, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[row + 3 * k + t]);
      c30 = a3.fma(left, c30);
      c31 = a3.fma(right, c31);
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
