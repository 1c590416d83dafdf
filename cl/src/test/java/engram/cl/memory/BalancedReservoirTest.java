package engram.cl.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.ToySigns;
import engram.cl.task.Examples;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BalancedReservoirTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 20, 200, 5000})
  void holdsAllItCanButNeverMoreThanItsCapacity(int capacity) {
    BalancedReservoir memory = reservoir(capacity, 1);
    Examples stream = inTasks(43, 9, 30);
    for (int i = 0; i < stream.size(); i++) {
      memory.offer(stream.select(new int[] {i}));
      assertEquals(Math.min(capacity, i + 1), memory.stored().size());
    }
  }

  @ParameterizedTest
  @CsvSource({"200, 43", "200, 9", "43, 43", "20, 43", "1, 3", "7, 2", "100, 1"})
  void classesWithEnoughImagesHaveEqualSharesWithinOneAfterEveryTask(int capacity, int classes) {
    BalancedReservoir memory = reservoir(capacity, 2);
    for (int task = 0; task < classes; task += 9) {
      int end = Math.min(classes, task + 9);
      memory.offer(shuffled(IntStream.range(task, end).toArray(), 100, task));
      int[] shares = IntStream.range(0, end).map(memory.stored()::count).toArray();

      int least = Arrays.stream(shares).min().orElseThrow();
      assertTrue(
          Arrays.stream(shares).max().orElseThrow() - least <= 1,
          () -> "shares " + Arrays.toString(shares));
    }
  }

  @Test
  void classWithFewImagesKeepsThemAllAndLeavesTheRestToTheOthers() {
    BalancedReservoir memory = reservoir(30, 3);
    memory.offer(shuffled(new int[] {0, 1}, 50, 1));
    memory.offer(ToySigns.examples(ToySigns.repeat(2, 4)));

    assertEquals(4, memory.stored().count(2));
    assertEquals(13, memory.stored().count(0));
    assertEquals(13, memory.stored().count(1));
  }

  @Test
  void streamShorterThanTheCapacityIsKeptWhole() {
    BalancedReservoir memory = reservoir(100, 4);
    memory.offer(ToySigns.examples(2, 0, 1));

    assertArrayEquals(new int[] {2, 0, 1}, labels(memory));
    assertArrayEquals(new int[] {0, 1, 2}, numbers(memory));
    assertEquals(3 * ToySigns.IMAGE_BYTES, memory.stored().bytes());
  }

  /**
   * Two classes of 24 images, the second coming later and in another number, share 12 slots. Each
   * image should be held in 6/24 of 4000 trials. The statistic over 24 images has at most the
   * spread of chi-square with 23 degrees of freedom, which exceeds 49.7 with probability 0.001.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void reservoirHoldsEachImageOfAClassWithEqualProbability(int label) {
    int trials = 4000;
    Examples first = ToySigns.examples(ToySigns.repeat(0, 24));
    Examples second = ToySigns.examples(ToySigns.repeat(1, 24));
    int[] held = new int[24];
    for (int trial = 0; trial < trials; trial++) {
      BalancedReservoir memory = reservoir(12, trial);
      memory.offer(first);
      memory.offer(second);
      count(memory, label, held);
    }
    assertEquals(trials * 6, Arrays.stream(held).sum());
    assertUniform(held, 49.7);
  }

  /** As above with classes mixed in one stream, which evicts and admits in turn. */
  @Test
  void mixedStreamIsHeldUniformlyToo() {
    int trials = 4000;
    Examples mixed = shuffled(new int[] {0, 1, 2}, 24, 5);
    int[][] held = new int[3][3 * 24];
    for (int trial = 0; trial < trials; trial++) {
      BalancedReservoir memory = reservoir(13, 100_000 + trial);
      memory.offer(mixed);
      for (int label = 0; label < 3; label++) {
        count(memory, label, held[label]);
      }
    }
    for (int[] ofClass : held) {
      int[] everHeld = Arrays.stream(ofClass).filter(n -> n > 0).toArray();
      assertEquals(24, everHeld.length);
      assertUniform(everHeld, 49.7);
    }
  }

  /**
   * Ten classes for three slots; chi-square with 9 degrees of freedom exceeds 27.9 once in 1000.
   */
  @Test
  void withMoreClassesThanSlotsEachClassIsHeldWithEqualProbability() {
    Examples stream = inTasks(10, 10, 3);
    int[] held = new int[10];
    for (int trial = 0; trial < 4000; trial++) {
      BalancedReservoir memory = reservoir(3, trial);
      memory.offer(stream);
      for (int label = 0; label < 10; label++) {
        held[label] += memory.stored().count(label);
      }
    }
    assertEquals(3 * 4000, Arrays.stream(held).sum());
    assertUniform(held, 27.9);
  }

  /** Nothing is ever removed for others; a label that comes again has slots for each task. */
  @Test
  void aCapacityPerClassIsAReservoirOfEachClassOfEachTask() {
    BalancedReservoir memory = reservoir(Capacity.perClass(5), 1);
    memory.offer(shuffled(new int[] {0, 1}, 30, 1));
    int[] first = numbers(memory);
    assertEquals(10, first.length);
    memory.beginTask(1);
    memory.offer(shuffled(new int[] {0, 2}, 30, 2));
    assertArrayEquals(first, Arrays.copyOf(numbers(memory), 10));
    assertEquals(10, memory.stored().count(0));
    assertEquals(5, memory.stored().count(1));
    assertEquals(5, memory.stored().count(2));
    for (int slot = 0; slot < 20; slot++) {
      assertEquals(slot / 10, memory.stored().task(slot));
    }
  }

  @Test
  void aCapacityPerTaskIsABalancedReservoirOfEachTask() {
    BalancedReservoir memory = reservoir(Capacity.perTask(9), 1);
    memory.offer(shuffled(new int[] {0, 1}, 30, 1));
    assertEquals(9, memory.stored().size());
    assertEquals(1, Math.abs(memory.stored().count(0) - memory.stored().count(1)));
    memory.beginTask(1);
    memory.offer(shuffled(new int[] {0, 1, 2}, 30, 2));
    assertEquals(18, memory.stored().size());
    int[] ofSecond = IntStream.range(9, 18).map(memory.stored()::label).sorted().toArray();
    assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1, 2, 2, 2}, ofSecond);
  }

  /** 5 of 24 in 4000 trials, the two tasks of one label alike. */
  @Test
  void withACapacityPerClassEachImageIsHeldWithEqualProbability() {
    int[][] held = new int[2][24];
    for (int trial = 0; trial < 4000; trial++) {
      BalancedReservoir memory = reservoir(Capacity.perClass(5), trial);
      for (int task = 0; task < 2; task++) {
        memory.beginTask(task);
        memory.offer(ToySigns.examples(ToySigns.repeat(0, 24)));
      }
      for (int slot = 0; slot < 10; slot++) {
        held[memory.stored().task(slot)][ToySigns.number(memory.stored().image(slot), 0)]++;
      }
    }
    assertUniform(held[0], 49.7);
    assertUniform(held[1], 49.7);
  }

  @Test
  void contentDependsOnTheRandomNumbersAndNotOnHowTheStreamIsCutIntoOffers() {
    Examples stream = inTasks(6, 3, 40);
    BalancedReservoir whole = reservoir(20, 9);
    whole.offer(stream);
    BalancedReservoir pieces = reservoir(20, 9);
    for (int i = 0; i < stream.size(); i++) {
      pieces.offer(stream.select(new int[] {i}));
    }

    assertArrayEquals(numbers(whole), numbers(pieces));
  }

  @Test
  void pixelsAreCopied() {
    Examples stream = ToySigns.examples(0, 0);
    BalancedReservoir memory = reservoir(2, 1);
    memory.offer(stream);
    Arrays.fill(stream.images().pixels(), (byte) 99);

    assertArrayEquals(new int[] {0, 1}, numbers(memory));
  }

  @Test
  void negativeCapacityIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> reservoir(-1, 1)).getMessage();
    assertEquals("memory capacity is -1 images, must be 0 (no memory) or more", message);
  }

  private static BalancedReservoir reservoir(int capacity, long seed) {
    return reservoir(Capacity.total(capacity), seed);
  }

  private static BalancedReservoir reservoir(Capacity capacity, long seed) {
    return new BalancedReservoir(
        capacity, ToySigns.IMAGE_BYTES, CounterRandom.of(seed, "memory-test"));
  }

  /** {@code perClass} images of each class, {@code classesPerTask} classes mixed at a time. */
  private static Examples inTasks(int classes, int classesPerTask, int perClass) {
    int[] labels =
        IntStream.range(0, classes * perClass)
            .map(
                i -> {
                  int task = i / (classesPerTask * perClass);
                  int first = task * classesPerTask;
                  int inTask = Math.min(classesPerTask, classes - first);
                  return first + i % inTask;
                })
            .toArray();
    return ToySigns.examples(labels);
  }

  private static Examples shuffled(int[] labels, int perClass, long seed) {
    int[] all =
        Arrays.stream(labels).flatMap(l -> Arrays.stream(ToySigns.repeat(l, perClass))).toArray();
    int[] order = CounterRandom.of(seed, "stream").permutation(all.length);
    return ToySigns.examples(Arrays.stream(order).map(i -> all[i]).toArray());
  }

  private static void count(MemoryBuffer memory, int label, int[] held) {
    for (int slot = 0; slot < memory.stored().size(); slot++) {
      if (memory.stored().label(slot) == label) {
        held[ToySigns.number(memory.stored().image(slot), 0)]++;
      }
    }
  }

  private static void assertUniform(int[] counts, double limit) {
    double expected = Arrays.stream(counts).average().orElseThrow();
    double chiSquare =
        Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertTrue(
        chiSquare < limit, () -> "chi-square " + chiSquare + " of " + Arrays.toString(counts));
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
