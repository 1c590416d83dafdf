package engram.cl.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.ToySigns;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppendAndCutBufferTest {

  @Test
  void keepsEverythingUpToItsCapacity() {
    AppendAndCutBuffer memory = memory(4);
    memory.offer(ToySigns.examples(0, 1, 0, 0));

    assertArrayEquals(new int[] {0, 1, 0, 0}, labels(memory));
  }

  @Test
  void overCapacityEachClassIsCutToAnEqualShareOfItsEarliestImages() {
    AppendAndCutBuffer memory = memory(6);
    memory.offer(ToySigns.examples(0, 0, 1, 0, 0));
    memory.offer(ToySigns.examples(2, 2, 1, 2, 2));

    // 10 images of 3 classes: 6 / 3 = 2 each.
    assertArrayEquals(new int[] {0, 0, 1, 2, 2, 1}, labels(memory));
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, numbers(memory));
  }

  /** The course protocol: 5 tasks of 8 classes, a batch of 64 after each, capacity 200. */
  @Test
  void presetSeedEndsWithFiveImagesOfEachOfFortyClasses() {
    AppendAndCutBuffer memory = memory(200);
    int[] sizes = new int[5];
    for (int task = 0; task < 5; task++) {
      int first = 8 * task;
      // Of a hundred images the first 64 are taken.
      memory.offer(ToySigns.examples(IntStream.range(0, 100).map(i -> first + i % 8).toArray()));
      sizes[task] = memory.stored().size();
    }

    // 64, 128, 192; 256 > 200 with 32 classes: 32 x 6; 192 + 64 > 200 with 40 classes: 40 x 5.
    assertArrayEquals(new int[] {64, 128, 192, 192, 200}, sizes);
    assertTrue(IntStream.range(0, 40).allMatch(label -> memory.stored().count(label) == 5));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5})
  void withMoreClassesThanSlotsTheEarliestKeepOneEach(int capacity) {
    AppendAndCutBuffer memory = memory(capacity);
    memory.offer(ToySigns.examples(4, 4, 2, 0, 1, 3, 5, 6, 2));

    int[] expected = {4, 2, 0, 1, 3};
    assertArrayEquals(IntStream.of(expected).limit(capacity).toArray(), labels(memory));
  }

  @Test
  void nothingOfferedIsNothingHeld() {
    AppendAndCutBuffer memory = memory(3);
    memory.offer(ToySigns.examples());

    assertEquals(0, memory.stored().size());
  }

  private static AppendAndCutBuffer memory(int capacity) {
    return new AppendAndCutBuffer(Capacity.total(capacity), ToySigns.IMAGE_BYTES, 64);
  }

  private static int[] labels(AppendAndCutBuffer memory) {
    return IntStream.range(0, memory.stored().size()).map(memory.stored()::label).toArray();
  }

  private static int[] numbers(AppendAndCutBuffer memory) {
    return IntStream.range(0, memory.stored().size())
        .map(slot -> ToySigns.number(memory.stored().image(slot), 0))
        .toArray();
  }
}
