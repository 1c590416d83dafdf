package engram.cl.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.ToySigns;
import engram.cl.memory.ExemplarBuffer.Selection;
import engram.cl.memory.ExemplarBuffer.Sharing;
import engram.cl.task.Examples;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Shares, cuts and chance of memories that are filled at a task's end; herding has its own test.
 */
class ExemplarBufferTest {

  @Test
  void firstKeepsTheFirstImagesOfEachClassInDataOrderHoweverTheyAreShown() {
    ExemplarBuffer memory = memory(Capacity.total(5), Selection.FIRST, Sharing.CLASSES, 1);
    Examples data = ToySigns.examples(1, 0, 0, 1, 0, 1, 0, 1);
    offer(memory, 0, data.select(new int[] {7, 6, 5, 4, 3, 2, 1, 0}));
    assertArrayEquals(new int[] {0, 0, 0, 1, 1}, labels(memory));
    assertArrayEquals(new int[] {1, 2, 4, 0, 3}, numbers(memory));

    offer(memory, 1, ToySigns.examples(2, 2, 2));
    assertArrayEquals(new int[] {0, 0, 1, 1, 2}, labels(memory));
    assertArrayEquals(new int[] {1, 2, 0, 3, 0}, numbers(memory), "each list is cut from its end");
  }

  /** Budget per class: nothing is ever removed. */
  @Test
  void aCapacityPerClassGrowsWithEachClassOfEachTask() {
    ExemplarBuffer memory = memory(Capacity.perClass(3), Selection.RANDOM, Sharing.CLASSES, 1);
    offer(memory, 0, ToySigns.examples(0, 1, 0, 1, 0, 1, 0, 1));
    int[] first = numbers(memory);
    assertEquals(6, first.length);
    offer(memory, 1, ToySigns.examples(0, 0, 0, 0, 2, 2));
    assertEquals(6 + 3 + 2, memory.stored().size(), "two images of class 2 are all that there are");
    assertArrayEquals(first, Arrays.copyOf(numbers(memory), 6));
    assertEquals(6, memory.stored().count(0));
    assertArrayEquals(
        new int[] {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1},
        IntStream.range(0, 11).map(memory.stored()::task).toArray());
  }

  @Test
  void aCapacityPerTaskIsSharedByTheClassesOfTheTask() {
    ExemplarBuffer memory = memory(Capacity.perTask(4), Selection.RANDOM, Sharing.CLASSES, 1);
    offer(memory, 0, ToySigns.examples(ToySigns.repeat(0, 9)));
    offer(memory, 1, ToySigns.examples(1, 2, 3, 1, 2, 3, 1, 2, 3));
    assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 2, 3}, labels(memory));
  }

  /** Naive rehearsal of Hsu et al.: 1,100 images are 1,100, 550, 366, 275 and 220 for each task. */
  @Test
  void tasksHaveEqualSharesRoundedDownWhateverTheirClasses() {
    ExemplarBuffer memory = memory(Capacity.total(1100), Selection.RANDOM, Sharing.TASKS, 1);
    int[] shares = {1100, 550, 366, 275, 220};
    for (int task = 0; task < 5; task++) {
      int[] before = numbers(memory);
      int[] labels = new int[1500];
      Arrays.fill(labels, 0, 1200, 2 * task);
      Arrays.fill(labels, 1200, 1500, 2 * task + 1);
      offer(memory, task, ToySigns.examples(labels));
      int share = shares[task];
      assertEquals((task + 1) * share, memory.stored().size());
      for (int old = 0; old < task; old++) {
        int held = shares[task - 1];
        assertArrayEquals(
            Arrays.copyOfRange(before, old * held, old * held + share),
            Arrays.copyOfRange(numbers(memory), old * share, (old + 1) * share));
      }
      int ofRareClass = memory.stored().count(2 * task + 1);
      assertEquals(share / 5.0, ofRareClass, 5 * Math.sqrt(share * 0.16), "a fifth of the task");
    }
  }

  @Test
  void aCapacityPerTaskOfTasksIsAllOfIt() {
    ExemplarBuffer memory = memory(Capacity.perTask(6), Selection.RANDOM, Sharing.TASKS, 1);
    offer(memory, 0, ToySigns.examples(ToySigns.repeat(0, 9)));
    offer(memory, 1, ToySigns.examples(1, 2, 1, 2, 1, 2, 1, 2));
    assertEquals(12, memory.stored().size());
    assertEquals(6, memory.stored().count(0));
  }

  /**
   * 12 of 24 are chosen and 4 of these are left when two classes have come. Chi-square with 23
   * degrees of freedom exceeds 49.7 with probability 0.001.
   */
  @Test
  void randomChoosesAndCutsWithEqualChance() {
    int trials = 4000;
    int[] chosen = new int[24];
    int[] left = new int[24];
    for (int trial = 0; trial < trials; trial++) {
      ExemplarBuffer memory = memory(Capacity.total(12), Selection.RANDOM, Sharing.CLASSES, trial);
      offer(memory, 0, ToySigns.examples(ToySigns.repeat(0, 24)));
      IntStream.of(numbers(memory)).forEach(image -> chosen[image]++);
      offer(memory, 1, ToySigns.examples(1, 2, 1, 2, 1, 2, 1, 2));
      assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2}, labels(memory));
      IntStream.of(numbers(memory)).limit(4).forEach(image -> left[image]++);
    }
    assertUniform(chosen, trials / 2.0);
    assertUniform(left, trials / 6.0);
  }

  private static void assertUniform(int[] counts, double expected) {
    double chiSquare =
        Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertTrue(
        chiSquare < 49.7, () -> "chi-square " + chiSquare + " of " + Arrays.toString(counts));
  }

  @Test
  void moreGroupsThanSlotsLeaveTheLastOnesOut() {
    ExemplarBuffer memory = memory(Capacity.total(2), Selection.RANDOM, Sharing.CLASSES, 1);
    offer(memory, 0, ToySigns.examples(0, 1, 2, 0, 1, 2));
    assertArrayEquals(new int[] {0, 1}, labels(memory));
    ExemplarBuffer none = memory(Capacity.perClass(0), Selection.FIRST, Sharing.CLASSES, 1);
    offer(none, 0, ToySigns.examples(0, 1));
    assertEquals(0, none.stored().size());
  }

  private static ExemplarBuffer memory(
      Capacity capacity, Selection selection, Sharing sharing, long seed) {
    return new ExemplarBuffer(
        capacity, ToySigns.IMAGE_BYTES, selection, sharing, CounterRandom.of(seed, "exemplars"));
  }

  private static void offer(ExemplarBuffer memory, int task, Examples examples) {
    memory.beginTask(task);
    memory.offer(
        examples,
        none -> {
          throw new AssertionError("only herding asks for features");
        });
  }

  private static int[] labels(MemoryBuffer memory) {
    return IntStream.range(0, memory.stored().size()).map(memory.stored()::label).toArray();
  }

  private static int[] numbers(MemoryBuffer memory) {
    return IntStream.range(0, memory.stored().size())
        .map(slot -> ToySigns.number(memory.stored().image(slot), 0))
        .toArray();
  }
}
