package engram.cl.stream;

import engram.cl.task.Examples;

/**
 * Images and labels for one step, in arrays that are filled again and again.
 *
 * <p>Pixels become floats by a {@link PixelScale}; the order [image, row, column, channel] is kept.
 * Nothing is allocated after construction.
 */
public final class Batch {
  private final int imageElements;
  private final PixelScale scale;
  private final float[] pixels;
  private final int[] labels;
  private final int[] slots;
  private int size;

  /**
   * An empty batch.
   *
   * @param capacity images that it can hold
   * @param imageElements floats of an image: height x width x channels
   */
  public Batch(int capacity, int imageElements, PixelScale scale) {
    this.imageElements = imageElements;
    this.scale = scale;
    pixels = new float[Math.multiplyExact(capacity, imageElements)];
    labels = new int[capacity];
    slots = new int[capacity];
  }

  /** Forgets all images. */
  public void clear() {
    size = 0;
  }

  /** Appends example {@code i} of {@code examples}. */
  public void add(Examples examples, int i) {
    add(examples.images().pixels(), examples.pixelOffset(i), examples.label(i));
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
   * @param slot its slot in the memory that it comes from, -1 for a new image
   * @throws IllegalStateException if the batch is full
   */
  public void add(byte[] source, int offset, int label, int slot) {
    if (size == labels.length) {
      throw new IllegalStateException(
          "batch: holds %d images already, which is all it was made for".formatted(size));
    }
    scale.convert(source, offset, pixels, size * imageElements, imageElements);
    slots[size] = slot;
    labels[size++] = label;
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
