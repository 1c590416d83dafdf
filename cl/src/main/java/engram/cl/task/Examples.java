package engram.cl.task;

import engram.data.ImageSet;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Labelled images picked from {@link ImageSet}s by index: a view, no pixel is copied.
 *
 * <p>Labels are those of a {@link TaskSplit}, not the classes of the image sets. Examples of
 * several sets can be joined; all images have one size.
 */
public final class Examples {
  private final ImageSet images;
  private final Source[] sources;
  private final int[] indices;
  private final int[] labels;

  /**
   * Takes over the arrays.
   *
   * @param images gives the size of an image
   * @param sources where the pixels of each example are
   * @param indices index there of each example
   * @param labels label of each example
   */
  private Examples(ImageSet images, Source[] sources, int[] indices, int[] labels) {
    this.images = images;
    this.sources = sources;
    this.indices = indices;
    this.labels = labels;
  }

  /**
   * All images of a set.
   *
   * @param labels label of each image; taken over
   */
  static Examples of(Source source, int[] labels) {
    Source[] sources = new Source[labels.length];
    Arrays.fill(sources, source);
    return new Examples(
        source.images(), sources, IntStream.range(0, labels.length).toArray(), labels);
  }

  /** All images of a set, labelled with its own classes. */
  public static Examples of(ImageSet images) {
    return of(new Source(images), images.labels().clone());
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

  /** Index of example {@code i} in the set that it is picked from. */
  public int index(int i) {
    return indices[i];
  }

  /** A set of images of the same size: that of the first examples. */
  public ImageSet images() {
    return images;
  }

  /** Whether the bytes of example {@code i} are those in {@link #pixels}, in that order. */
  public boolean asStored(int i) {
    return sources[i].asStored();
  }

  /** The bytes of the set that example {@code i} is picked from. */
  public byte[] pixels(int i) {
    return sources[i].images().pixels();
  }

  /** Where the bytes of example {@code i} start in {@link #pixels}. */
  public int pixelOffset(int i) {
    return indices[i] * images.imageBytes();
  }

  /**
   * Copies the bytes of example {@code i}, as it is to be seen, to {@code target} from there on.
   */
  public void copy(int i, byte[] target, int from) {
    sources[i].copy(indices[i], target, from);
  }

  /** The examples at {@code positions}, in that order. */
  public Examples select(int[] positions) {
    return new Examples(
        images,
        Arrays.stream(positions).mapToObj(p -> sources[p]).toArray(Source[]::new),
        Arrays.stream(positions).map(p -> indices[p]).toArray(),
        Arrays.stream(positions).map(p -> labels[p]).toArray());
  }

  /**
   * The same images with other labels.
   *
   * @param others label of each example; taken over
   */
  public Examples labelled(int[] others) {
    return new Examples(images, sources, indices, others);
  }

  /** The examples whose label passes, in order. */
  public Examples where(IntPredicate label) {
    return select(IntStream.range(0, size()).filter(i -> label.test(labels[i])).toArray());
  }

  /**
   * All examples of {@code parts}, at least one part, one after the other.
   *
   * @throws IllegalArgumentException if their images differ in size
   */
  public static Examples join(List<Examples> parts) {
    ImageSet first = parts.getFirst().images;
    for (Examples part : parts) {
      ImageSet other = part.images;
      if (other.height() != first.height()
          || other.width() != first.width()
          || other.channels() != first.channels()) {
        throw new IllegalArgumentException(
            "join: images of %d x %d x %d cannot stand beside %d x %d x %d"
                .formatted(
                    other.height(),
                    other.width(),
                    other.channels(),
                    first.height(),
                    first.width(),
                    first.channels()));
      }
    }
    return new Examples(
        first,
        parts.stream().flatMap(p -> Arrays.stream(p.sources)).toArray(Source[]::new),
        parts.stream().flatMapToInt(p -> Arrays.stream(p.indices)).toArray(),
        parts.stream().flatMapToInt(p -> Arrays.stream(p.labels)).toArray());
  }
}
