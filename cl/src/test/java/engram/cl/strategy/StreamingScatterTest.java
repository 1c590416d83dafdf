package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.backend.vector.VectorBackend;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamingScatterTest {
  private static final int RANK = 64;
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
    /**
     * @param strong columns whose deviation is 1; that of the others is {@code weak}
     */
    static Rows drawn(int columns, int strong, float weak) {
      float[][] rows = new float[1300][columns];
      int[] labels = new int[rows.length];
      CounterRandom random = CounterRandom.of(1, "rows");
      for (int i = 0; i < rows.length; i++) {
        labels[i] = i < 700 ? 0 : 1 + i % 2;
        for (int c = 0; c < columns; c++) {
          float deviation = c < strong ? 1 : weak;
          rows[i][c] = deviation * (float) random.split(i).normal(c) + 3 * labels[i];
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
  void withFewFeaturesItIsTheCovarianceOfAllClassesAtOnceInWhateverOrderTheyCame() {
    Rows rows = Rows.drawn(5, 3, 0.1f);
    Scatter together = rows.scatter(0, 1300);
    StreamingScatter apart = streaming(rows.scatter(700, 1300), rows.scatter(0, 700));
    for (int r = 0; r < 5; r++) {
      assertArrayEquals(together.covariance(0.1)[r], apart.covariance(0.1)[r], 1e-5);
    }
    assertEquals(3, apart.means().size());
    together.means().forEach((k, mean) -> assertArrayEquals(mean, apart.means().get(k), 1e-6));
  }

  /** Seventy columns of which ten are strong: of the others what they have in common is kept. */
  @Test
  void ofManyFeaturesTheStrongestDirectionsAndTheTraceAreKept() {
    int columns = 70;
    Rows rows = Rows.drawn(columns, 10, 0.01f);
    double[][] whole = rows.scatter(0, 1300).covariance(0);
    double[][] kept = streaming(rows.scatter(0, 700), rows.scatter(700, 1300)).covariance(0);
    for (int r = 0; r < columns; r++) {
      for (int c = 0; c < columns; c++) {
        assertEquals(whole[r][c], kept[r][c], 3e-4, "row " + r + ", column " + c);
      }
    }
    assertEquals(Scatter.trace(whole), Scatter.trace(kept), 1e-5 * Scatter.trace(whole));
  }

  @Test
  void whatIsKeptIsSmall() {
    int columns = 300;
    Rows rows = Rows.drawn(columns, 200, 0.1f);
    double[][] kept = streaming(rows.scatter(0, 1300)).covariance(0);
    double[][] whole = rows.scatter(0, 1300).covariance(0);
    double off = 0;
    for (int r = 0; r < columns; r++) {
      for (int c = 0; c < columns; c++) {
        off += Math.abs(whole[r][c] - kept[r][c]);
      }
    }
    assertTrue(off > 1, "two hundred directions do not fit into " + RANK);
  }

  @Test
  void rowsThatAreAllTheSameHaveNoDirections() {
    float[][] same = new float[80][100];
    StreamingScatter scatter = streaming(Scatter.of(backend, same, new int[80]));
    double[][] covariance = scatter.covariance(0.1);
    assertEquals(1e-9, covariance[3][3], 1e-12);
    assertEquals(0, covariance[3][4], 1e-12);
  }

  @Test
  void aClassComesOnce() {
    Scatter one = Scatter.of(backend, new float[][] {{1, 2}}, new int[] {0});
    StreamingScatter scatter = streaming(one);
    assertEquals(
        "scatter: class 0 was added before; its mean cannot move",
        assertThrows(IllegalArgumentException.class, () -> scatter.add(one)).getMessage());
  }

  /** B' B is the projection of the matrix, so that along its strongest direction they agree. */
  @Test
  void directionsAreThoseOfTheLargestEigenvalues() {
    int n = 90;
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = Math.pow(0.7, i);
    }
    float[][] rows = Directions.strongest(matrix, 12);
    double[][] product = Directions.addSquares(new double[n][n], rows);
    for (int i = 0; i < n; i++) {
      // The last of the twelve are still mixed with the thirteenth.
      if (i < 10 || i >= 16) {
        assertEquals(i < 10 ? matrix[i][i] : 0, product[i][i], 2e-3, "eigenvalue " + i);
      }
    }
    assertEquals(Scatter.trace(product), Directions.traceOfSquares(rows), 1e-6);
    assertEquals(Map.of(12, n), Map.of(rows.length, rows[0].length));
  }
}
