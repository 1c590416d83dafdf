package engram.cl.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.ToySigns;
import engram.cl.task.Examples;
import engram.data.ImageSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BatchesTest {
  private final Examples ten = ToySigns.examples(IntStream.range(0, 10).toArray());

  @Test
  void eachImageComesOnceInAnEpochAndTheLastBatchHoldsWhatIsLeft() {
    Batches batches = Batches.shuffled(ten, 4, 1, 0, 0);

    assertEquals(3, batches.count());
    assertArrayEquals(new int[] {4, 4, 2}, IntStream.range(0, 3).map(batches::size).toArray());
    assertArrayEquals(IntStream.range(0, 10).toArray(), sorted(labelsOf(batches)));
  }

  /** Classes of 1, 4 and 16 images: by square roots 1 : 2 : 4, so 3, 6 and 12 of 21. */
  @ParameterizedTest
  @CsvSource({"INSTANCE, 1, 4, 16", "SQUARE_ROOT, 3, 6, 12", "CLASS, 7, 7, 7"})
  void samplingSaysHowOftenAnEpochMeetsEachClass(Sampling sampling, int a, int b, int c) {
    int[] labels = new int[21];
    Arrays.fill(labels, 1, 5, 1);
    Arrays.fill(labels, 5, 21, 2);
    Examples examples = ToySigns.examples(labels);
    Set<Integer> ofTheLargest = new HashSet<>();
    for (int epoch = 0; epoch < 5; epoch++) {
      Examples met = Batches.sampled(examples, sampling, 4, 1, 0, epoch).examples();
      int[] counts = new int[3];
      int[] times = new int[21];
      for (int i = 0; i < met.size(); i++) {
        counts[met.label(i)]++;
        times[met.index(i)]++;
      }
      assertArrayEquals(new int[] {a, b, c}, counts);
      for (int i = 0; i < 21; i++) {
        int share = counts[labels[i]] / new int[] {1, 4, 16}[labels[i]];
        assertTrue(times[i] == share || times[i] == share + 1, "each as often as the others");
      }
      IntStream.range(5, 21).filter(i -> times[i] > 0).forEach(ofTheLargest::add);
    }
    assertTrue(ofTheLargest.size() > 12, "others each time");
  }

  @ParameterizedTest
  @EnumSource(Sampling.class)
  void noExamplesAreNoBatches(Sampling sampling) {
    assertEquals(0, Batches.sampled(ToySigns.examples(), sampling, 4, 1, 0, 0).count());
  }

  @Test
  void orderDependsOnSeedTaskAndEpochAlone() {
    int[] order = labelsOf(Batches.shuffled(ten, 4, 1, 2, 3));

    assertArrayEquals(order, labelsOf(Batches.shuffled(ten, 5, 1, 2, 3)));
    assertFalse(Arrays.equals(order, labelsOf(Batches.shuffled(ten, 4, 9, 2, 3))));
    assertFalse(Arrays.equals(order, labelsOf(Batches.shuffled(ten, 4, 1, 9, 3))));
    assertFalse(Arrays.equals(order, labelsOf(Batches.shuffled(ten, 4, 1, 2, 9))));
  }

  @Test
  void measurementKeepsTheOrderOfTheExamples() {
    assertArrayEquals(IntStream.range(0, 10).toArray(), labelsOf(Batches.inOrder(ten, 3)));
  }

  @Test
  void viewOfABatchHoldsTheSameImages() {
    Batches batches = Batches.shuffled(ten, 4, 1, 0, 0);
    Examples last = batches.examples(2);
    Batch batch = new Batch(4, ToySigns.IMAGE_BYTES, Normalisation.UNIT);
    batches.appendTo(batch, 2);

    assertEquals(2, last.size());
    assertEquals(batch.labels()[0], last.label(0));
    assertEquals(batch.labels()[1], last.label(1));
  }

  @Test
  void pixelsBecomeFloatsFromZeroToOne() {
    byte[] pixels = {0, 1, 127, (byte) 128, (byte) 254, (byte) 255};
    ImageSet one = new ImageSet(1, 2, 3, pixels, new int[] {5}, new int[] {0});
    Batch batch = new Batch(2, 6, Normalisation.UNIT);
    batch.add(ToySigns.examples(3), 0);
    batch.add(Examples.of(one), 0);

    float[] added = Arrays.copyOfRange(batch.pixels(), 6, 12);
    assertArrayEquals(new float[] {0, 1 / 255f, 127 / 255f, 128 / 255f, 254 / 255f, 1}, added);
    assertArrayEquals(new int[] {3, 5}, batch.labels());
  }

  @Test
  void clearedBatchIsFilledAgainFromTheStart() {
    Batch batch = new Batch(4, ToySigns.IMAGE_BYTES, Normalisation.UNIT);
    Batches batches = Batches.inOrder(ten, 4);
    batches.appendTo(batch, 0);
    batch.clear();
    batches.appendTo(batch, 2);

    assertEquals(2, batch.size());
    assertEquals(8, batch.labels()[0]);
  }

  @Test
  void fullBatchRefusesMore() {
    Batch batch = new Batch(1, ToySigns.IMAGE_BYTES, Normalisation.UNIT);
    batch.add(ten, 0);

    assertThrows(IllegalStateException.class, () -> batch.add(ten, 1));
  }

  private static int[] labelsOf(Batches batches) {
    Batch batch = new Batch(10, ToySigns.IMAGE_BYTES, Normalisation.UNIT);
    for (int i = 0; i < batches.count(); i++) {
      batches.appendTo(batch, i);
    }
    return Arrays.copyOf(batch.labels(), batch.size());
  }

  private static int[] sorted(int[] values) {
    int[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }
}
