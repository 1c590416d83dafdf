package engram.cl.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.cl.ToySigns;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingBufferTest {

  @Test
  void keepsTheLatestImagesOfEachClass() {
    RingBuffer memory = new RingBuffer(Capacity.total(4), ToySigns.IMAGE_BYTES);
    memory.offer(ToySigns.examples(0, 1, 0, 1, 0, 1, 0));

    assertArrayEquals(new int[] {3, 4, 5, 6}, numbers(memory));
  }

  @Test
  void laterImagesOfAClassPushOutItsOldest() {
    RingBuffer memory = new RingBuffer(Capacity.total(4), ToySigns.IMAGE_BYTES);
    memory.offer(ToySigns.examples(0, 0, 1, 1)); // numbers 0 1 and 2 3
    memory.offer(ToySigns.examples(0)); // number 0 again

    assertArrayEquals(new int[] {1, 2, 3, 0}, numbers(memory));
    assertArrayEquals(new int[] {0, 1, 1, 0}, labels(memory));
  }

  @Test
  void ringsGetShorterAsClassesComeAndKeepTheLatest() {
    RingBuffer memory = new RingBuffer(Capacity.total(5), ToySigns.IMAGE_BYTES);
    memory.offer(ToySigns.examples(ToySigns.repeat(0, 9)));
    assertArrayEquals(new int[] {4, 5, 6, 7, 8}, numbers(memory));
    memory.offer(ToySigns.examples(1, 1, 1));

    // Five slots for two classes: three for label 0, two for label 1.
    assertArrayEquals(new int[] {6, 7, 8, 1, 2}, numbers(memory));
  }

  @ParameterizedTest
  @CsvSource({"200, 43", "0, 3", "1, 3", "7, 3", "43, 43", "5, 1"})
  void sharesDifferByOneAtMostAndFillTheMemory(int capacity, int classes) {
    RingBuffer memory = new RingBuffer(Capacity.total(capacity), ToySigns.IMAGE_BYTES);
    for (int label = 0; label < classes; label++) {
      memory.offer(ToySigns.examples(ToySigns.repeat(label, 300)));
      assertEquals(capacity, memory.stored().size());
      int seen = label + 1;
      for (int known = 0; known < seen; known++) {
        int extra = known < capacity % seen ? 1 : 0;
        assertEquals(capacity / seen + extra, memory.stored().count(known));
      }
    }
  }

  private static int[] numbers(MemoryBuffer memory) {
    return IntStream.range(0, memory.stored().size())
        .map(slot -> ToySigns.number(memory.stored().image(slot), 0))
        .toArray();
  }

  private static int[] labels(MemoryBuffer memory) {
    return IntStream.range(0, memory.stored().size()).map(memory.stored()::label).toArray();
  }

  @Test
  void eachTaskHasRingsOfItsOwnWhereLabelsComeAgain() {
    RingBuffer memory = new RingBuffer(Capacity.perClass(2), ToySigns.IMAGE_BYTES);
    memory.offer(ToySigns.examples(0, 0, 0, 1));
    memory.beginTask(1);
    memory.offer(ToySigns.examples(0, 0, 0));
    assertEquals(4, memory.stored().count(0));
    assertEquals(1, memory.stored().count(1));
  }
}
