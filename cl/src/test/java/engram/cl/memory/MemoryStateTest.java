package engram.cl.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import engram.cl.ToySigns;
import engram.cl.memory.ExemplarBuffer.Selection;
import engram.cl.memory.ExemplarBuffer.Sharing;
import engram.cl.state.Snapshot;
import engram.cl.stream.Batch;
import engram.cl.stream.Normalisation;
import engram.cl.task.ClassOrder;
import engram.cl.task.Examples;
import engram.cl.task.TaskSequence;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import engram.data.ImageSet;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A memory that is restored from a snapshot goes on as if nothing had happened. */
class MemoryStateTest {
  private static final int CLASSES = 5;

  /** Ten images in four bytes each, which is the fewest, of their six. */
  private static final Capacity COMPRESSED = Capacity.total(5).compressed(2);

  static Stream<Arguments> memories() {
    int bytes = ToySigns.IMAGE_BYTES;
    CounterRandom random = CounterRandom.of(1, "memory");
    return Stream.of(
        memory("balanced", () -> new BalancedReservoir(9, bytes, random)),
        memory("balanced/class", () -> new BalancedReservoir(Capacity.perClass(3), bytes, random)),
        memory("balanced/task", () -> new BalancedReservoir(Capacity.perTask(5), bytes, random)),
        memory("fewer slots than classes", () -> new BalancedReservoir(3, bytes, random)),
        memory("reservoir", () -> new Reservoir(Capacity.total(9), bytes, random)),
        memory("ring", () -> new RingBuffer(Capacity.total(9), bytes)),
        memory("ring/class", () -> new RingBuffer(Capacity.perClass(3), bytes)),
        memory("append and cut", () -> new AppendAndCutBuffer(Capacity.total(9), bytes, 6)),
        memory("herding", () -> exemplars(Capacity.total(9), Selection.HERDING, Sharing.CLASSES)),
        memory("random", () -> exemplars(Capacity.perTask(5), Selection.RANDOM, Sharing.CLASSES)),
        memory("first", () -> exemplars(Capacity.perClass(3), Selection.FIRST, Sharing.CLASSES)),
        memory("tasks", () -> exemplars(Capacity.total(9), Selection.RANDOM, Sharing.TASKS)),
        memory("compressed", () -> new BalancedReservoir(COMPRESSED, bytes, random)),
        memory(
            "compressed herding", () -> exemplars(COMPRESSED, Selection.HERDING, Sharing.CLASSES)),
        memory("none", () -> new Reservoir(Capacity.total(0), bytes, random)));
  }

  private static Arguments memory(String name, Supplier<MemoryBuffer> create) {
    return argumentSet(name, create);
  }

  private static MemoryBuffer exemplars(Capacity capacity, Selection selection, Sharing sharing) {
    CounterRandom random = CounterRandom.of(1, "memory");
    return new ExemplarBuffer(capacity, ToySigns.IMAGE_BYTES, selection, sharing, random);
  }

  @ParameterizedTest
  @MethodSource("memories")
  void whatIsOfferedAfterASnapshotIsKeptAsIfThereHadBeenNone(Supplier<MemoryBuffer> create) {
    for (int done = 0; done <= 4; done++) {
      MemoryBuffer memory = create.get();
      IntStream.range(0, done).forEach(part -> offer(memory, part));
      Snapshot taken = taken(memory);
      MemoryBuffer restored = create.get();
      restored.state(Snapshot.of(taken.content()).giving(world()));
      assertSame(memory, restored);
      for (int part = done; part <= 5; part++) {
        offer(memory, part);
        offer(restored, part);
        assertSame(memory, restored);
      }
    }
  }

  /** Tasks 0, 1, 2 bring two classes each, of which the last one is known; each in two parts. */
  private static void offer(MemoryBuffer memory, int part) {
    int task = part / 2;
    int label = Math.min(CLASSES - 1, part);
    memory.beginTask(task);
    memory.offer(
        ToySigns.examples(IntStream.range(0, 14).map(i -> i % 3 == 0 ? task : label).toArray()),
        MemoryStateTest::pixels);
    if (part % 2 == 1) {
      memory.stored().noteWhereMissing(MemoryStateTest::pixels);
    }
  }

  private static float[][] pixels(Examples examples) {
    float[][] rows = new float[examples.size()][];
    byte[] image = new byte[ToySigns.IMAGE_BYTES];
    for (int i = 0; i < rows.length; i++) {
      examples.copy(i, image, 0);
      rows[i] = new float[] {image[3], image[3] % 5, -examples.label(i)};
    }
    return rows;
  }

  private static Snapshot taken(MemoryBuffer memory) {
    Snapshot snapshot = new Snapshot();
    memory.state(snapshot.taking());
    return snapshot;
  }

  /** What a memory is restored into, with images of the right size. */
  private static Snapshot.World world() {
    ImageSet images = ToySigns.images(IntStream.range(0, CLASSES).toArray());
    TaskSplit split = new TaskSplit(ClassOrder.given(CLASSES), TaskSizes.even(CLASSES, 1));
    return new Snapshot.World(
        new TaskSequence(ToySigns.dataset(CLASSES, images, images), split),
        classes -> {
          throw new AssertionError("a memory has no network");
        });
  }

  private static void assertSame(MemoryBuffer memory, MemoryBuffer other) {
    StoredImages expected = memory.stored();
    StoredImages found = other.stored();
    assertEquals(expected.size(), found.size());
    for (int slot = 0; slot < expected.size(); slot++) {
      assertEquals(expected.label(slot), found.label(slot));
      assertEquals(expected.task(slot), found.task(slot));
      assertArrayEquals(expected.image(slot), found.image(slot));
      assertArrayEquals(expected.note(slot), found.note(slot));
    }
    assertEquals(expected.classes(), found.classes());
    assertEquals(expected.bytes(), found.bytes());
    assertArrayEquals(drawn(expected), drawn(found));
    assertEquals(described(memory), described(other), "what the next snapshot holds");
  }

  /** Slots of a draw, which any order of slots but the same would change. */
  private static int[] drawn(StoredImages images) {
    Batch batch = new Batch(64, ToySigns.IMAGE_BYTES, Normalisation.UNIT);
    int drawn = images.draw(7, CounterRandom.of(2, "draw"), batch);
    return IntStream.range(0, drawn).map(batch::slot).toArray();
  }

  private static String described(MemoryBuffer memory) {
    StringBuilder text = new StringBuilder();
    var content = taken(memory).content();
    content.tensors().forEach((name, t) -> text.append(name).append(Arrays.toString(t.data())));
    return text.append(content.metadata()).toString();
  }
}
