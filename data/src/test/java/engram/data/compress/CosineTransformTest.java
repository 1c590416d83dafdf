package engram.data.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CosineTransformTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 5, 3", "4, 1, 1", "3, 2, 3", "5, 4, 2"})
  void coefficientsAreSumsOfCosinesAndValuesComeBack(int height, int width, int channels) {
    double[] values = new Random(3).doubles((long) height * width * channels, -1, 1).toArray();
    CosineTransform transform = new CosineTransform(height, width, channels);
    double[] block = values.clone();
    transform.forward(block);
    for (int i = 0; i < block.length; i++) {
      int[] at = {i / channels / width, i / channels % width, i % channels};
      assertEquals(sum(values, new int[] {height, width, channels}, at), block[i], 1e-12);
    }
    assertEquals(squares(values), squares(block), 1e-12, "lengths stay");
    transform.inverse(block);
    assertArrayEquals(values, block, 1e-12);
  }

  /** The definition, without an order of axes. */
  private static double sum(double[] values, int[] sizes, int[] frequencies) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      int[] at = {i / sizes[2] / sizes[1], i / sizes[2] % sizes[1], i % sizes[2]};
      double wave = values[i];
      for (int axis = 0; axis < 3; axis++) {
        int n = sizes[axis];
        int k = frequencies[axis];
        wave *= Math.sqrt((k == 0 ? 1.0 : 2.0) / n) * Math.cos(Math.PI * (at[axis] + 0.5) * k / n);
      }
      sum += wave;
    }
    return sum;
  }

  private static double squares(double[] values) {
    return Arrays.stream(values).map(v -> v * v).sum();
  }
}
