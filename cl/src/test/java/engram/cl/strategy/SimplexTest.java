package engram.cl.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimplexTest {
  private static final CounterRandom RANDOM = CounterRandom.of(1, "simplex");

  @ParameterizedTest
  @CsvSource({"2, 2", "2, 9", "5, 5", "43, 4096"})
  void cornersHaveLengthOneAndAreEquallyFarApart(int corners, int dimensions) {
    float[][] simplex = Simplex.corners(corners, dimensions, RANDOM);
    for (int i = 0; i < corners; i++) {
      for (int k = 0; k < corners; k++) {
        assertEquals(
            i == k ? 1 : -1.0 / (corners - 1), LinearClassifier.dot(simplex[i], simplex[k]), 1e-6);
      }
    }
  }

  @Test
  void aSingleCornerIsZero() {
    assertArrayEquals(new float[3], Simplex.corners(1, 3, RANDOM)[0]);
  }

  @Test
  void moreCornersThanDimensionsIsAnErrorThatSaysWhatToDo() {
    var error = assertThrows(IllegalArgumentException.class, () -> Simplex.corners(4, 3, RANDOM));
    assertEquals(
        "simplex: 4 classes need as many features, the network has 3; use a wider network or fewer"
            + " classes",
        error.getMessage());
  }
}
