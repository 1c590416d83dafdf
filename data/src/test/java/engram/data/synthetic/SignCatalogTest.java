package engram.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.data.synthetic.drawing.SignCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignCatalogTest {

  private static final int SIZE = SignTexture.SIZE;
  private static final List<SignTexture> SIGNS =
      SignCatalog.signs().stream().map(SignTexture::of).toList();

  @Test
  void everySignLooksDifferentFromEveryOther() {
    for (int a = 0; a < SIGNS.size(); a++) {
      for (int b = 0; b < a; b++) {
        double distance = distance(SIGNS.get(a), SIGNS.get(b), false);
        assertTrue(distance > 0.005, "classes %d and %d differ by %.4f".formatted(a, b, distance));
      }
    }
  }

  /** Bend, turn, ahead or turn, keep: class of the right-hand sign, of the left-hand one. */
  @ParameterizedTest
  @CsvSource({"20, 19", "33, 34", "36, 37", "38, 39"})
  void leftHandSignsMirrorRightHandOnes(int right, int left) {
    assertEquals(0, distance(SIGNS.get(right), SIGNS.get(left), true), 0.002);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 11, 12, 13, 14, 17, 32, 35, 42})
  void faceFillsItsBoxAndLeavesTheMarginEmpty(int label) {
    SignTexture sign = SIGNS.get(label);
    int left = SIZE;
    int right = 0;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        if (sign.texel(x, y, 3) > 0.1) {
          left = Math.min(left, x);
          right = Math.max(right, x);
        }
      }
    }
    assertTrue(left >= 1 && left <= 3, "first column " + left);
    assertTrue(right >= SIZE - 4 && right <= SIZE - 2, "last column " + right);
  }

  @Test
  void familiesHaveTheirColours() {
    assertTrue(redness(14) > 0.15, "stop is red");
    assertTrue(redness(17) > 0.15, "no entry is red");
    assertTrue(redness(35) < -0.15, "ahead only is blue");
    assertTrue(Math.abs(redness(32)) < 0.05, "end of all limits is grey");
  }

  /** Mean of red minus blue light over the whole texture. */
  private static double redness(int label) {
    double sum = 0;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        sum += SIGNS.get(label).texel(x, y, 0) - SIGNS.get(label).texel(x, y, 2);
      }
    }
    return sum / (SIZE * SIZE);
  }

  /** Mean absolute difference of light and coverage; {@code b} mirrored if asked. */
  private static double distance(SignTexture a, SignTexture b, boolean mirror) {
    double sum = 0;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        for (int k = 0; k < 4; k++) {
          sum += Math.abs(a.texel(x, y, k) - b.texel(mirror ? SIZE - 1 - x : x, y, k));
        }
      }
    }
    return sum / (4 * SIZE * SIZE);
  }
}
