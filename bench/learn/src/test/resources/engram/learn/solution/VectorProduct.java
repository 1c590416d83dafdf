import engram.learn.api.FastJava;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

public class VectorProduct implements FastJava.FasterProduct {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public FastJava.Product naive() {
    return new NaiveProduct();
  }

  @Override
  public void multiply(float[] a, float[] b, float[] y, int m, int n, int k) {
    Arrays.fill(y, 0);
    for (int i = 0; i < m; i++) {
      for (int t = 0; t < k; t++) {
        addRow(a[i * k + t], b, t * n, y, i * n, n);
      }
    }
  }

  private static void addRow(float factor, float[] b, int from, float[] y, int to, int n) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    for (int j = 0; j < n; j += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, y, to + j);
      factors.fma(FloatVector.fromArray(SPECIES, b, from + j), sum).intoArray(y, to + j);
    }
  }
}
