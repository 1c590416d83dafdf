package engram.cl.task;

import engram.data.ImageSet;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Labelled images picked from an {@link ImageSet} by index: a view, no pixel is copied.
 *
 * <p>Labels are those of a {@link TaskSplit}, not the classes of the image set.
 */
public final class Examples {
  private final ImageSet images;
  private final int[] indices;
  private final int[] labels;

  /**
   * Takes over the arrays.
   *
   * @param images where the pixels are
   * @param indices index in {@code images} of each example
   * @param labels label of each example
   */
  Examples(ImageSet images, int[] indices, int[] labels) {
    this.images = images;
    this.indices = indices;
    this.labels = labels;
  }

  /** All images of a set, labelled with its own classes. */
  public static Examples of(ImageSet images) {
    return new Examples(
        images, IntStream.range(0, images.size()).toArray(), images.labels().clone());
  }

  /** Number of examples. */
  public int size() {
    return indices.length;
  }

  /** Label of example {@code i}. */
  public int label(int i) {
    return labels[i];
  }

  /** Labels of all examples, in order. */
  public IntStream labels() {
    return Arrays.stream(labels);
  }

  /** Index of example {@code i} in {@link #images}. */
  public int index(int i) {
    return indices[i];
  }

  /** The set that the examples are picked from. */
  public ImageSet images() {
    return images;
  }

  /** Where the bytes of example {@code i} start in {@code images().pixels()}. */
  public int pixelOffset(int i) {
    return indices[i] * images.imageBytes();
  }

  /** The examples at {@code positions}, in that order. */
  public Examples select(int[] positions) {
    return new Examples(
        images,
        Arrays.stream(positions).map(p -> indices[p]).toArray(),
        Arrays.stream(positions).map(p -> labels[p]).toArray());
  }

  /**
   * The same images with other labels.
   *
   * @param others label of each example; taken over
   */
  public Examples labelled(int[] others) {
    return new Examples(images, indices, others);
  }

  /** The examples whose label passes, in order. */
  public Examples where(IntPredicate label) {
    return select(IntStream.range(0, size()).filter(i -> label.test(labels[i])).toArray());
  }

  /** All examples of {@code parts}, one part after the other; they must share one image set. */
  public static Examples join(List<Examples> parts) {
    return new Examples(
        parts.getFirst().images,
        parts.stream().flatMapToInt(p -> Arrays.stream(p.indices)).toArray(),
        parts.stream().flatMapToInt(p -> Arrays.stream(p.labels)).toArray());
  }
}
