package engram.cl.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.cl.ToySigns;
import engram.cl.task.Examples;
import engram.data.ImageSet;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private final Examples ten = ToySigns.examples(IntStream.range(0, 10).toArray());

  @Test
  void eachImageComesOnceInAnEpochAndTheLastBatchHoldsWhatIsLeft() {
    Batches batches = Batches.shuffled(ten, 4, 1, 0, 0);

    assertEquals(3, batches.count());
    assertArrayEquals(new int[] {4, 4, 2}, IntStream.range(0, 3).map(batches::size).toArray());
    assertArrayEquals(IntStream.range(0, 10).toArray(), sorted(labelsOf(batches)));
  }

  @Test
  void noExamplesAreNoBatches() {
    assertEquals(0, Batches.shuffled(ToySigns.examples(), 4, 1, 0, 0).count());
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
