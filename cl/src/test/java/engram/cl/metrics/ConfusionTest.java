package engram.cl.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ConfusionTest {
  private final Confusion confusion = new Confusion(4);

  /**
   * Rows are actual, columns predicted; no image of class 3 was measured.
   *
   * <pre>
   * 6 2 0 0
   * 1 1 0 0
   * 0 0 0 10
   * 0 0 0 0
   * </pre>
   */
  ConfusionTest() {
    int[][] counts = {{6, 2, 0, 0}, {1, 1, 0, 0}, {0, 0, 0, 10}, {0, 0, 0, 0}};
    for (int actual = 0; actual < 4; actual++) {
      for (int predicted = 0; predicted < 4; predicted++) {
        for (int i = 0; i < counts[actual][predicted]; i++) {
          confusion.add(actual, predicted);
        }
      }
    }
  }

  @Test
  void answersCountImagesOfAllClasses() {
    assertEquals(7, confusion.answers(0));
    assertEquals(10, confusion.answers(3));
  }

  @Test
  void pooledAccuracyCountsImages() {
    assertEquals(7 / 20.0, confusion.accuracy()); // (6 + 1 + 0) of (8 + 2 + 10)
    assertEquals(7 / 10.0, confusion.accuracy(0, 2)); // (6 + 1) of (8 + 2)
  }

  @Test
  void macroAccuracyCountsClassesThatHaveImages() {
    // (6/8 + 1/2 + 0/10) / 3 = 1.25 / 3; class 3 has no image and no say
    assertEquals(1.25 / 3, confusion.macroAccuracy(), 1e-12);
  }

  @Test
  void recallIsEmptyForAClassWithoutImages() {
    assertEquals(OptionalDouble.of(0.75), confusion.recall(0));
    assertEquals(OptionalDouble.of(0), confusion.recall(2));
    assertEquals(OptionalDouble.empty(), confusion.recall(3));
  }

  @Test
  void imagesOfSeveralSeedsAreCountedTogether() {
    Confusion other = new Confusion(2);
    other.add(0, 1);
    confusion.addAll(other);

    assertEquals(3, confusion.count(0, 1));
    assertEquals(7 / 21.0, confusion.accuracy());
    assertThrows(IllegalArgumentException.class, () -> other.addAll(confusion));
  }

  @Test
  void accuracyOfNoImagesHasNoMeaning() {
    assertThrows(IllegalStateException.class, () -> confusion.accuracy(3, 4));
    assertThrows(IllegalStateException.class, () -> new Confusion(2).macroAccuracy());
  }
}
