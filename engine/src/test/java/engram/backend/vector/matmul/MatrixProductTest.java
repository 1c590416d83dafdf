package engram.backend.vector.matmul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.vector.KernelCases;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatrixProductTest {
  static List<MatrixProduct.Shape> shapes() {
    return KernelCases.products();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void productMatchesPlainLoopsOnAnyNumberOfWorkers(MatrixProduct.Shape shape) {
    KernelCases.check(shape);
  }

  @Test
  void nanAndInfinityReachExactlyTheirRowAndColumn() {
    for (int k : new int[] {20, 600}) {
      float[] a = new float[5 * k];
      float[] b = new float[3 * k];
      java.util.Arrays.fill(a, 1);
      java.util.Arrays.fill(b, 1);
      a[2 * k + k - 1] = Float.NaN;
      b[k + 7] = Float.POSITIVE_INFINITY;
      HostBuffer c = HostBuffer.wrap(new float[15]);
      try (Workers team = new Workers(2)) {
        MatrixProduct.Shape shape = new MatrixProduct.Shape(5, 3, k, false, true);
        MatrixProduct.of(shape, HostBuffer.wrap(a), HostBuffer.wrap(b), Optional.empty(), c, team)
            .run();
      }
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 3; j++) {
          float value = c.data()[i * 3 + j];
          assertEquals(i == 2, Float.isNaN(value), "row " + i + ", column " + j);
          assertTrue(i == 2 || value == (j == 1 ? Float.POSITIVE_INFINITY : k));
        }
      }
    }
  }
}
