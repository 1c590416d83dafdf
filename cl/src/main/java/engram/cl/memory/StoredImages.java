package engram.cl.memory;

import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.data.ImageSet;
import engram.random.CounterRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Images that a memory holds: in each slot its {@link Pixels}, a label, the task that brought it,
 * and what a strategy notes beside the image, such as the logits that a network had for it.
 */
public final class StoredImages implements Stateful {
  private static final float[] NOTHING = {};

  private final Pixels pixels;
  private Optional<ImageSet> source = Optional.empty();
  private float[][] notes = {};
  private int[] labels = {};
  private int[] tasks = {};
  private int[] shuffled = {};
  private int[] perClass = {};
  private int size;
  private int task;

  /**
   * No images yet.
   *
   * @param imageBytes bytes of an image: height x width x channels
   * @param keptBytes bytes that an image is kept in; fewer for one that is compressed
   */
  StoredImages(int imageBytes, int keptBytes) {
    pixels = new Pixels(imageBytes, keptBytes);
  }

  /** The same examples as they would be seen if they were stored here. */
  public Examples asSeen(Examples examples) {
    return pixels.asSeen(examples);
  }

  /** Says that images that are stored from now on are of this task. */
  void beginTask(int index) {
    task = index;
  }

  /** The task whose images are being stored. */
  int task() {
    return task;
  }

  /** Number of images. */
  public int size() {
    return size;
  }

  /** Bytes that all images are kept in, and of what is noted beside them. */
  public long bytes() {
    long noted = Arrays.stream(notes, 0, size).mapToLong(note -> note.length).sum();
    return pixels.bytes(size) + noted * Float.BYTES;
  }

  /** What is noted beside the image in {@code slot}; empty for an image that came after. */
  public float[] note(int slot) {
    return notes[slot];
  }

  /** Notes numbers beside the image in {@code slot}, for as long as the image is held. */
  public void note(int slot, float[] values) {
    notes[slot] = values.clone();
  }

  /**
   * Notes something beside each image that has no note yet.
   *
   * @param values one row for each of the examples that it is given
   */
  public void noteWhereMissing(Function<Examples, float[][]> values) {
    int[] missing = IntStream.range(0, size).filter(slot -> notes[slot].length == 0).toArray();
    if (missing.length > 0) {
      float[][] rows = values.apply(examples().select(missing));
      for (int i = 0; i < missing.length; i++) {
        note(missing[i], rows[i]);
      }
    }
  }

  /**
   * A copy of the images, as they are seen, as examples, slot by slot.
   *
   * @throws IllegalStateException if there are none
   */
  public Examples examples() {
    ImageSet like =
        source.orElseThrow(
            () -> new IllegalStateException("memory: nothing was ever stored, nothing to look at"));
    return Examples.of(
        new ImageSet(
            like.height(),
            like.width(),
            like.channels(),
            Arrays.copyOf(pixels.seen(), pixels.offset(size)),
            Arrays.copyOf(labels, size),
            new int[size]));
  }

  /** Label of the image in {@code slot}. */
  public int label(int slot) {
    return labels[slot];
  }

  /** Index of the task that brought the image in {@code slot}, from 0. */
  public int task(int slot) {
    return tasks[slot];
  }

  /** A copy of the image in {@code slot} as it is seen: unsigned bytes, [row, column, channel]. */
  public byte[] image(int slot) {
    return Arrays.copyOfRange(pixels.seen(), pixels.offset(slot), pixels.offset(slot + 1));
  }

  /** Number of images with {@code label}. */
  public int count(int label) {
    return label < perClass.length ? perClass[label] : 0;
  }

  /** Number of classes that have an image here. */
  public int classes() {
    return (int) IntStream.of(perClass).filter(n -> n > 0).count();
  }

  /**
   * Appends {@code count} different images to a batch, or all when there are fewer; every subset is
   * equally likely. Allocates nothing once the memory has reached its size.
   *
   * @param random numbers for this draw alone
   * @return how many images were appended
   */
  public int draw(int count, CounterRandom random, Batch into) {
    return draw(count, perClass.length, random, into);
  }

  /** Draws among the images of labels 0 .. {@code labelEnd} - 1 alone. */
  public int draw(int count, int labelEnd, CounterRandom random, Batch into) {
    int candidates = 0;
    for (int slot = 0; slot < size; slot++) {
      if (labels[slot] < labelEnd) {
        shuffled[candidates++] = slot;
      }
    }
    int drawn = Math.min(count, candidates);
    for (int i = 0; i < drawn; i++) {
      int j = i + random.below(candidates - i, i);
      int slot = shuffled[j];
      shuffled[j] = shuffled[i];
      into.add(pixels.seen(), pixels.offset(slot), labels[slot], slot);
    }
    return drawn;
  }

  /** Copies example {@code i} into a new slot at the end. */
  void append(Examples examples, int i) {
    if (size == labels.length) {
      int room = Math.max(16, 2 * size);
      pixels.resize(room);
      labels = Arrays.copyOf(labels, room);
      tasks = Arrays.copyOf(tasks, room);
      notes = Arrays.copyOf(notes, room);
      shuffled = new int[room];
    }
    size++;
    write(size - 1, examples, i);
  }

  /** Copies example {@code i} over the image in {@code slot}. */
  void replace(int slot, Examples examples, int i) {
    perClass[labels[slot]]--;
    write(slot, examples, i);
  }

  /** The {@code nth} slot (from 0) that passes; there must be so many. */
  int slotOf(IntPredicate passes, int nth) {
    int left = nth;
    for (int slot = 0; slot < size; slot++) {
      if (passes.test(slot) && left-- == 0) {
        return slot;
      }
    }
    throw new IllegalStateException("fewer than %d images of the kind are held".formatted(nth + 1));
  }

  /** Keeps the images in the slots that pass, in their order; slots are asked in order. */
  void retain(IntPredicate keep) {
    int kept = 0;
    for (int slot = 0; slot < size; slot++) {
      if (keep.test(slot)) {
        pixels.move(slot, kept);
        notes[kept] = notes[slot];
        tasks[kept] = tasks[slot];
        labels[kept++] = labels[slot];
      } else {
        perClass[labels[slot]]--;
      }
    }
    size = kept;
  }

  /** Slots keep their order; how many images a class has is counted anew. */
  @Override
  public void state(State state) {
    if (state.present("source", source)) {
      source = Optional.of(source.orElseGet(state::images));
    } else {
      source = Optional.empty();
    }
    task = state.number("task", task);
    labels = state.ints("labels", Arrays.copyOf(labels, size));
    tasks = state.ints("tasks", Arrays.copyOf(tasks, size));
    pixels.state(state, size, source);
    notes = state.rows("notes", Arrays.copyOf(notes, size));
    size = labels.length;
    shuffled = new int[size];
    perClass = new int[IntStream.of(labels).max().orElse(-1) + 1];
    for (int label : labels) {
      perClass[label]++;
    }
  }

  private void write(int slot, Examples examples, int i) {
    int label = examples.label(i);
    pixels.put(slot, examples, i);
    labels[slot] = label;
    tasks[slot] = task;
    notes[slot] = NOTHING;
    source = Optional.of(examples.images());
    if (label >= perClass.length) {
      perClass = Arrays.copyOf(perClass, label + 1);
    }
    perClass[label]++;
  }
}
