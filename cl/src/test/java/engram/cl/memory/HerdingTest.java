package engram.cl.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.cl.ToySigns;
import engram.cl.task.Examples;
import engram.random.CounterRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HerdingTest {

  /**
   * Unit rows at 0, 90 and 90 degrees and, twice as long, at 45. Their mean is (1.707, 2.707) / 4 =
   * (0.427, 0.677), at 58 degrees: 45 is nearest. Then (x + row 3) / 2 is (0.854, 0.354) with row 0
   * and (0.354, 0.854) with row 1 or 2; the latter is nearer, and the first of equals is taken. The
   * third pick is row 0: (1.707, 1.707) / 3 against (0.707, 2.707) / 3.
   */
  @Test
  void choosesRowsWhoseMeanIsNearTheMeanOfAll() {
    float[][] rows = {{1, 0}, {0, 1}, {0, 1}, {2, 2}};
    assertArrayEquals(new int[] {3, 1, 0, 2}, Herding.choose(rows, 4));
    assertArrayEquals(new int[] {3, 1}, Herding.choose(rows, 2));
  }

  @Test
  void eachPickIsTheBestOfAllThatAreLeft() {
    CounterRandom random = CounterRandom.of(3, "rows");
    float[][] rows = new float[23][5];
    for (int i = 0; i < 23 * 5; i++) {
      rows[i / 5][i % 5] = (float) random.normal(i);
    }
    int[] chosen = Herding.choose(rows, 9);
    for (int k = 0; k < chosen.length; k++) {
      int[] before = IntStream.of(chosen).limit(k).toArray();
      double taken = distance(rows, before, chosen[k]);
      for (int other = 0; other < rows.length; other++) {
        int candidate = other;
        if (IntStream.of(before).noneMatch(i -> i == candidate)) {
          assertEquals(true, taken <= distance(rows, before, other) + 1e-6, "pick " + k);
        }
      }
    }
  }

  private static double distance(float[][] rows, int[] chosen, int next) {
    double squares = 0;
    for (int c = 0; c < 5; c++) {
      double mean = 0;
      for (float[] row : rows) {
        mean += Herding.normalised(row)[c] / rows.length;
      }
      double sum = Herding.normalised(rows[next])[c];
      for (int i : chosen) {
        sum += Herding.normalised(rows[i])[c];
      }
      double d = mean - sum / (chosen.length + 1);
      squares += d * d;
    }
    return Math.sqrt(squares);
  }

  @Test
  void moreThanThereIsGivesAll() {
    assertArrayEquals(new int[] {0}, Herding.choose(new float[][] {{0, 0}}, 5));
    assertArrayEquals(new int[] {}, Herding.choose(new float[][] {}, 5));
  }

  /** Features of image number n: (1, n). Its mean is nearest to images in the middle. */
  private static final Function<Examples, float[][]> BY_NUMBER =
      examples -> {
        float[][] rows = new float[examples.size()][];
        for (int i = 0; i < rows.length; i++) {
          rows[i] =
              new float[] {
                1, ToySigns.number(examples.images().pixels(), examples.pixelOffset(i)) - 4
              };
        }
        return rows;
      };

  @Test
  void bufferKeepsTheBestOfEachClassAndCutsListsFromTheirEnd() {
    MemoryBuffer memory = herding(5);
    memory.offer(ToySigns.examples(ToySigns.repeat(0, 9)), BY_NUMBER);
    int[] first = numbers(memory);
    assertEquals(5, first.length);
    assertEquals(4, first[0], "the image in the middle is the best one");

    memory.offer(ToySigns.examples(2, 1, 2, 1, 2, 1), BY_NUMBER);
    assertEquals(2, memory.stored().count(0));
    assertEquals(2, memory.stored().count(1));
    assertEquals(1, memory.stored().count(2));
    int[] after = numbers(memory);
    assertArrayEquals(new int[] {first[0], first[1]}, new int[] {after[0], after[1]});
  }

  @Test
  void moreClassesThanSlotsLeaveTheLastOnesOut() {
    MemoryBuffer memory = herding(2);
    memory.offer(ToySigns.examples(0, 1, 2, 0, 1, 2), BY_NUMBER);
    assertEquals(2, memory.stored().size());
    assertEquals(0, memory.stored().count(2));
    MemoryBuffer none = herding(0);
    none.offer(ToySigns.examples(0, 1), BY_NUMBER);
    assertEquals(0, none.stored().size());
  }

  private static MemoryBuffer herding(int capacity) {
    return new ExemplarBuffer(
        Capacity.total(capacity),
        ToySigns.IMAGE_BYTES,
        ExemplarBuffer.Selection.HERDING,
        ExemplarBuffer.Sharing.CLASSES,
        new CounterRandom(1));
  }

  private static int[] numbers(MemoryBuffer memory) {
    return IntStream.range(0, memory.stored().size())
        .map(slot -> ToySigns.number(memory.stored().image(slot), 0))
        .toArray();
  }
}
