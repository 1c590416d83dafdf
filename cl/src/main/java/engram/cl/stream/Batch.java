package engram.cl.stream;

import engram.cl.task.Examples;
import engram.nn.train.Inference;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Shape;

/**
 * Images and labels for one step, in arrays that are filled again and again.
 *
 * <p>Pixels become floats by a {@link Normalisation}; the order [image, row, column, channel] is
 * kept. Nothing is allocated after construction.
 */
public final class Batch {
  private final int imageElements;
  private final Normalisation normalisation;
  private final float[] pixels;
  private final int[] labels;
  private final float[] labelsAsFloats;
  private final Variation variation;
  private final byte[] varied;
  private final byte[] reordered;
  private CounterRandom random = new CounterRandom(0);
  private final int[] slots;
  private int size;

  /**
   * An empty batch that takes images as they are.
   *
   * @param capacity images that it can hold
   * @param imageElements floats of an image: height x width x channels
   */
  public Batch(int capacity, int imageElements, Normalisation normalisation) {
    this(
        capacity,
        Shape.shape(1, 1, imageElements),
        normalisation,
        Augmentation.NONE,
        Symmetries.NONE);
  }

  /**
   * An empty batch of images that vary as {@code augmentation} says.
   *
   * @param image [height, width, channels]
   */
  Batch(
      int capacity,
      Shape image,
      Normalisation normalisation,
      Augmentation augmentation,
      Symmetries symmetries) {
    imageElements = image.elements();
    this.normalisation = normalisation.ofItsOwn();
    variation = new Variation(augmentation, symmetries, image);
    varied = new byte[imageElements];
    reordered = new byte[imageElements];
    pixels = new float[Math.multiplyExact(capacity, imageElements)];
    labels = new int[capacity];
    labelsAsFloats = new float[capacity];
    slots = new int[capacity];
  }

  /** Forgets all images. */
  public void clear() {
    size = 0;
  }

  /**
   * Forgets all images and begins another batch.
   *
   * @param numbers for this batch alone: each place in it varies its image in its own way
   */
  public void begin(CounterRandom numbers) {
    size = 0;
    random = numbers;
  }

  /** Appends example {@code i} of {@code examples}. */
  public void add(Examples examples, int i) {
    if (examples.asStored(i)) {
      add(examples.pixels(i), examples.pixelOffset(i), examples.label(i));
    } else {
      examples.copy(i, reordered, 0);
      add(reordered, 0, examples.label(i));
    }
  }

  /**
   * Appends one image that comes from no memory.
   *
   * @param source unsigned bytes of which the image is the {@code imageElements} from {@code
   *     offset}
   * @throws IllegalStateException if the batch is full
   */
  public void add(byte[] source, int offset, int label) {
    add(source, offset, label, -1);
  }

  /**
   * Appends one image.
   *
   * @param label what it shows; {@link #labels} has another one if it is varied to show that
   * @param slot its slot in the memory that it comes from, -1 for a new image
   * @throws IllegalStateException if the batch is full
   */
  public void add(byte[] source, int offset, int label, int slot) {
    requireRoom();
    int to = size * imageElements;
    int shown = label;
    if (variation.isAny()) {
      shown = variation.apply(random.split(size), source, offset, label, varied);
      normalisation.convert(varied, 0, pixels, to, imageElements);
    } else {
      normalisation.convert(source, offset, pixels, to, imageElements);
    }
    slots[size] = slot;
    labels[size++] = shown;
  }

  /**
   * Appends an image that is not in any set: its pixels are what the array holds, until the caller
   * writes them.
   *
   * @return where its pixels start in {@link #pixels}
   * @throws IllegalStateException if the batch is full
   */
  public int append(int label) {
    requireRoom();
    slots[size] = -1;
    labels[size] = label;
    return size++ * imageElements;
  }

  /** Copies images and labels into the inputs of a step for {@link #size} images. */
  public void copyTo(TrainingStep step) {
    for (int i = 0; i < size; i++) {
      labelsAsFloats[i] = labels[i];
    }
    step.inputs().write(0, pixels, 0, step.inputs().elements());
    step.targets().write(0, labelsAsFloats, 0, size);
  }

  /** Copies the images into the input of a forward pass, which may take more: old ones then. */
  public void copyTo(Inference.Batch pass) {
    pass.inputs().write(0, pixels, 0, pass.inputs().elements());
  }

  private void requireRoom() {
    if (size == labels.length) {
      throw new IllegalStateException(
          "batch: holds %d images already, which is all it was made for".formatted(size));
    }
  }

  /** Number of images held now. */
  public int size() {
    return size;
  }

  /** Slot of image {@code i} in the memory that it comes from, -1 for a new image. */
  public int slot(int i) {
    return slots[i];
  }

  /** Number of new images; those from memory follow them. */
  public int fresh() {
    int fresh = 0;
    while (fresh < size && slots[fresh] < 0) {
      fresh++;
    }
    return fresh;
  }

  /** Number of images that fit. */
  public int capacity() {
    return labels.length;
  }

  /** The live array, [capacity, image elements]; the first {@link #size} images count. */
  public float[] pixels() {
    return pixels;
  }

  /** The live array, [capacity]; the first {@link #size} labels count. */
  public int[] labels() {
    return labels;
  }
}
