package engram.cl.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.cl.ToySigns;
import engram.data.Dataset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskSequenceTest {
  private final Dataset signs =
      ToySigns.dataset(4, ToySigns.images(0, 1, 2, 3, 0, 1, 2, 3), ToySigns.images(3, 2, 1, 0, 0));
  private final TaskSequence sequence =
      new TaskSequence(
          signs, new TaskSplit(new ClassOrder(List.of(3, 0, 2)), new TaskSizes(List.of(2, 1))));

  @Test
  void eachTaskHoldsTheImagesOfItsClassesUnderNewLabels() {
    Task first = sequence.tasks().get(0);
    Task second = sequence.tasks().get(1);

    assertArrayEquals(new int[] {0, 3, 4, 7}, indices(first.train()));
    assertArrayEquals(new int[] {1, 0, 1, 0}, labels(first.train()));
    assertArrayEquals(new int[] {0, 3, 4}, indices(first.test()));
    assertArrayEquals(new int[] {0, 1, 1}, labels(first.test()));
    assertArrayEquals(new int[] {2, 6}, indices(second.train()));
    assertArrayEquals(new int[] {2, 2}, labels(second.train()));
    assertEquals(1, second.newClasses());
  }

  @Test
  void imagesOfClassesMetSoFarComeTaskByTask() {
    assertArrayEquals(new int[] {0, 3, 4}, indices(sequence.testUpTo(0)));
    assertArrayEquals(new int[] {0, 3, 4, 1}, indices(sequence.testUpTo(1)));
    assertArrayEquals(new int[] {0, 1, 1, 2}, labels(sequence.testUpTo(1)));
    assertArrayEquals(new int[] {0, 3, 4, 7, 2, 6}, indices(sequence.trainUpTo(1)));
  }

  @Test
  void classNamesFollowTheLabels() {
    assertEquals(List.of("c3", "c0", "c2"), sequence.labelNames());
  }

  @Test
  void pixelsAreSharedWithTheDataSet() {
    assertSame(signs.train(), sequence.tasks().get(1).train().images());
    assertEquals(2 * ToySigns.IMAGE_BYTES, sequence.tasks().get(1).train().pixelOffset(0));
  }

  @Test
  void selectionKeepsLabelsBesideTheirImages() {
    Examples chosen = sequence.tasks().get(0).train().select(new int[] {3, 0});

    assertArrayEquals(new int[] {7, 0}, indices(chosen));
    assertArrayEquals(new int[] {0, 1}, labels(chosen));
  }

  @Test
  void classWithoutTrainingImageIsNamed() {
    Dataset lacking = ToySigns.dataset(3, ToySigns.images(0, 2), ToySigns.images(0, 1, 2));
    TaskSplit split = new TaskSplit(ClassOrder.given(3), TaskSizes.even(3, 2));

    String message =
        assertThrows(IllegalArgumentException.class, () -> new TaskSequence(lacking, split))
            .getMessage();
    assertTrue(message.startsWith("class 1 (c1) of task 1 has no training image"), message);
  }

  @Test
  void taskWithoutTestImageIsNamed() {
    Dataset lacking = ToySigns.dataset(2, ToySigns.images(0, 1), ToySigns.images(0));
    TaskSplit split = new TaskSplit(ClassOrder.given(2), TaskSizes.even(2, 2));

    String message =
        assertThrows(IllegalArgumentException.class, () -> new TaskSequence(lacking, split))
            .getMessage();
    assertTrue(message.startsWith("task 2 has no test image"), message);
  }

  @Test
  void orderBeyondTheClassesOfTheDataIsNamed() {
    TaskSplit split = new TaskSplit(new ClassOrder(List.of(0, 4)), TaskSizes.even(2, 1));

    String message =
        assertThrows(IllegalArgumentException.class, () -> new TaskSequence(signs, split))
            .getMessage();
    assertEquals("class order: class 4 is not in the data, which has classes 0 to 3", message);
  }

  private static int[] indices(Examples examples) {
    return IntStream.range(0, examples.size()).map(examples::index).toArray();
  }

  private static int[] labels(Examples examples) {
    return IntStream.range(0, examples.size()).map(examples::label).toArray();
  }
}
