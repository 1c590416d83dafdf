package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.backend.Backend;
import engram.backend.vector.VectorBackend;
import engram.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamingScatterTest {
  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = VectorBackend.open(2);
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  /** Rows of three classes, 700 of the first, so that more than one block is multiplied. */
  private record Rows(float[][] features, int[] labels) {
    static Rows drawn(int columns) {
      float[][] rows = new float[1300][columns];
      int[] labels = new int[rows.length];
      CounterRandom random = CounterRandom.of(1, "rows");
      for (int i = 0; i < rows.length; i++) {
        labels[i] = i < 700 ? 0 : 1 + i % 2;
        for (int c = 0; c < columns; c++) {
          rows[i][c] = (float) random.split(i).normal(c) + 3 * labels[i];
        }
      }
      return new Rows(rows, labels);
    }

    Scatter scatter(int from, int to) {
      return Scatter.of(
          backend, Arrays.copyOfRange(features, from, to), Arrays.copyOfRange(labels, from, to));
    }
  }

  private static StreamingScatter streaming(Scatter... parts) {
    StreamingScatter scatter = new StreamingScatter();
    for (Scatter part : parts) {
      scatter.add(part);
    }
    return scatter;
  }

  @Test
  void itIsTheCovarianceOfAllClassesAtOnceInWhateverOrderTheyCame() {
    Rows rows = Rows.drawn(5);
    Scatter together = rows.scatter(0, 1300);
    StreamingScatter apart = streaming(rows.scatter(700, 1300), rows.scatter(0, 700));
    for (int r = 0; r < 5; r++) {
      assertArrayEquals(together.covariance(0.1)[r], apart.covariance(0.1)[r], 1e-5);
    }
    assertEquals(3, apart.means().size());
    together.means().forEach((k, mean) -> assertArrayEquals(mean, apart.means().get(k), 1e-6));
  }

  @Test
  void aClassComesOnce() {
    Scatter one = Scatter.of(backend, new float[][] {{1, 2}}, new int[] {0});
    StreamingScatter scatter = streaming(one);
    assertEquals(
        "scatter: class 0 was added before; its mean cannot move",
        assertThrows(IllegalArgumentException.class, () -> scatter.add(one)).getMessage());
  }
}
