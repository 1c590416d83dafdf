package engram.cl.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.cl.ToySigns;
import engram.cl.stream.Batch;
import engram.cl.stream.Normalisation;
import engram.data.Dataset;
import engram.data.ImageSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which images a task has in each scenario, and under which labels. */
class ScenarioTaskTest {
  private static final Scenario DOMAIN = new Scenario(Scenario.Kind.DOMAIN, 0);
  private static final Scenario PERMUTED = new Scenario(Scenario.Kind.PERMUTED, 0);

  private final Dataset signs =
      ToySigns.dataset(4, ToySigns.images(0, 1, 2, 3, 0, 1, 2, 3), ToySigns.images(3, 2, 1, 0, 0));

  @Test
  void labelsOfADomainTaskAreThePlacesOfItsClasses() {
    TaskSplit split = TaskSplit.parse(new ClassOrder(List.of(3, 0, 2, 1)), "2", DOMAIN);
    TaskSequence sequence = new TaskSequence(signs, split);
    Task first = sequence.tasks().get(0);
    Task second = sequence.tasks().get(1);

    assertEquals(2, split.classes());
    assertArrayEquals(new int[] {0, 3, 4, 7}, indices(first.train())); // classes 3 and 0
    assertArrayEquals(new int[] {1, 0, 1, 0}, labels(first.train()));
    assertArrayEquals(new int[] {1, 2, 5, 6}, indices(second.train())); // classes 2 and 1
    assertArrayEquals(new int[] {1, 0, 1, 0}, labels(second.train()));
    assertArrayEquals(new int[] {1, 2}, indices(second.test()));
    assertArrayEquals(new int[] {0, 1}, labels(second.test()));
    for (Task task : sequence.tasks()) {
      assertEquals(0, task.firstLabel());
      assertEquals(2, task.seenClasses());
    }
    assertEquals(List.of("c3/c2", "c0/c1"), sequence.labelNames());
    assertEquals(List.of(2, 1), split.classesOf(1));
  }

  @Test
  void domainTasksOfDifferentSizesAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> TaskSplit.parse(ClassOrder.given(5), "2", DOMAIN))
            .getMessage();

    assertEquals(
        "tasks of 3 2 classes cannot share their labels in scenario domain: give each as many, such"
            + " as --tasks 2x2",
        message);
  }

  @Test
  void permutedTasksHaveAllClassesAndAnOrderOfPixelsOfTheirOwn() {
    Dataset wide = wide();
    TaskSplit split = TaskSplit.parse(ClassOrder.given(2), "3", PERMUTED);
    TaskSequence sequence = new TaskSequence(wide, split, 7);

    assertEquals(3, sequence.tasks().size());
    List<List<Integer>> orders = new ArrayList<>();
    for (Task task : sequence.tasks()) {
      assertArrayEquals(new int[] {0, 1, 0}, labels(task.train()));
      assertEquals(0, task.firstLabel());
      assertEquals(2, task.seenClasses());
      List<Integer> order = pixelOrder(task.train(), 0);
      assertEquals(order, pixelOrder(task.train(), 2), "one order for all images of a task");
      assertEquals(order, pixelOrder(task.test(), 1), "and for its test images");
      assertEquals(IntStream.range(0, 20).boxed().toList(), order.stream().sorted().toList());
      orders.add(order);
    }
    assertEquals(3, orders.stream().distinct().count());
    assertFalse(orders.contains(IntStream.range(0, 20).boxed().toList()), "the first one, too");
    assertEquals(orders.get(1), pixelOrder(new TaskSequence(wide, split, 7), 1));
    assertFalse(orders.contains(pixelOrder(new TaskSequence(wide, split, 8), 1)));
    assertEquals(List.of("a", "b"), sequence.labelNames());
  }

  @Test
  void permutedTasksShareThePixelsOfTheDataSet() {
    Dataset wide = wide();
    TaskSplit split = TaskSplit.parse(ClassOrder.given(2), "2", PERMUTED);
    for (Task task : new TaskSequence(wide, split, 7).tasks()) {
      assertEquals(wide.train(), task.train().images());
      assertEquals(wide.train().pixels(), task.train().pixels(0));
    }
  }

  @Test
  void batchesTakeImagesInTheOrderOfTheirTask() {
    Examples examples =
        new TaskSequence(wide(), TaskSplit.parse(ClassOrder.given(2), "2", PERMUTED), 7)
            .tasks()
            .get(1)
            .train();
    byte[] expected = new byte[60];
    examples.copy(2, expected, 0);
    Batch batch = new Batch(1, 60, Normalisation.UNIT);
    batch.add(examples, 2);

    for (int i = 0; i < 60; i++) {
      assertEquals((expected[i] & 0xFF) / 255f, batch.pixels()[i]);
    }
  }

  @Test
  void permutedTasksAreANumber() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> TaskSplit.parse(ClassOrder.given(4), "2,2", PERMUTED))
            .getMessage();

    assertEquals(
        "tasks \"2,2\": in scenario permuted each task has all classes, say how many tasks",
        message);
  }

  @Test
  void aShareOfEachClassComesInOtherTasksEvenlyAndNoImageTwice() {
    int[] classes = new int[120];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = i % 6;
    }
    Dataset even = ToySigns.dataset(6, ToySigns.images(classes), ToySigns.images(0, 1, 2, 3, 4, 5));
    TaskSplit split =
        TaskSplit.parse(ClassOrder.given(6), "3", new Scenario(Scenario.Kind.BLURRY, 0.4));
    TaskSequence sequence = new TaskSequence(even, split, 3);

    List<Integer> all = new ArrayList<>();
    for (Task task : sequence.tasks()) {
      IntStream.of(indices(task.train())).forEach(all::add);
      for (int label = 0; label < 6; label++) {
        int wanted = label;
        int expected = label / 2 == task.index() ? 12 : 4; // of 20: 8 go, 4 to each other task
        assertEquals(expected, task.train().where(l -> l == wanted).size());
      }
      assertEquals(0, task.firstLabel());
      assertEquals(6, task.seenClasses());
      assertArrayEquals(new int[] {2 * task.index(), 2 * task.index() + 1}, labels(task.test()));
    }
    assertEquals(IntStream.range(0, 120).boxed().toList(), all.stream().sorted().toList());
    assertEquals(4, split.seenClasses(1));
    assertEquals(6, split.answers(1));

    int[] others = indices(new TaskSequence(even, split, 4).tasks().getFirst().train());
    assertFalse(Arrays.equals(others, indices(sequence.tasks().getFirst().train())));
  }

  @Test
  void oneImageOfAClassStaysInItsTask() {
    TaskSplit split =
        TaskSplit.parse(ClassOrder.given(4), "2", new Scenario(Scenario.Kind.BLURRY, 0.9));
    for (Task task : new TaskSequence(signs, split, 1).tasks()) {
      assertArrayEquals(new int[] {0, 1, 2, 3}, task.train().labels().sorted().toArray());
    }
  }

  @Test
  void examplesOfSeveralSetsAreJoined() {
    Examples joined =
        Examples.join(List.of(ToySigns.examples(5, 6), ToySigns.examples(7, 8, 9)))
            .select(new int[] {4, 0});

    assertArrayEquals(new int[] {9, 5}, labels(joined));
    byte[] pixels = new byte[ToySigns.IMAGE_BYTES];
    joined.copy(0, pixels, 0);
    assertEquals(2, ToySigns.number(pixels, 0));
    assertEquals(0, ToySigns.number(joined.pixels(1), joined.pixelOffset(1)));
  }

  @Test
  void imagesOfOtherSizesAreNotJoined() {
    List<Examples> parts = List.of(ToySigns.examples(0), wideExamples());

    String message =
        assertThrows(IllegalArgumentException.class, () -> Examples.join(parts)).getMessage();
    assertEquals("join: images of 4 x 5 x 3 cannot stand beside 1 x 2 x 3", message);
  }

  @Test
  void aBlurryShareIsAShare() {
    assertThrows(IllegalArgumentException.class, () -> new Scenario(Scenario.Kind.BLURRY, 1));
    assertThrows(IllegalArgumentException.class, () -> new Scenario(Scenario.Kind.CLASS, 0.1));
  }

  private static Examples wideExamples() {
    return Examples.of(wide().train());
  }

  /** Three images of 4 x 5 pixels; a pixel's values say which it is, and in which channel. */
  private static Dataset wide() {
    byte[] pixels = new byte[3 * 60];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 60);
    }
    ImageSet images = new ImageSet(4, 5, 3, pixels, new int[] {0, 1, 0}, new int[3]);
    return new Dataset("wide", List.of("a", "b"), images, images);
  }

  private static List<Integer> pixelOrder(TaskSequence sequence, int task) {
    return pixelOrder(sequence.tasks().get(task).train(), 0);
  }

  /** Number of the stored pixel at each place; fails where channels are torn apart. */
  private static List<Integer> pixelOrder(Examples examples, int i) {
    byte[] seen = new byte[60];
    examples.copy(i, seen, 0);
    List<Integer> order = new ArrayList<>();
    for (int p = 0; p < 20; p++) {
      assertEquals(0, seen[3 * p] % 3);
      assertEquals(seen[3 * p] + 1, seen[3 * p + 1]);
      assertEquals(seen[3 * p] + 2, seen[3 * p + 2]);
      order.add(seen[3 * p] / 3);
    }
    return order;
  }

  private static int[] indices(Examples examples) {
    return IntStream.range(0, examples.size()).map(examples::index).toArray();
  }

  private static int[] labels(Examples examples) {
    return examples.labels().toArray();
  }
}
