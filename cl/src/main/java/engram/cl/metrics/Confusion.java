package engram.cl.metrics;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Counts of test images by actual and predicted label: all accuracies are read from it. */
public final class Confusion {
  private final int[][] counts;

  /** No images yet, for labels 0 .. classes - 1. */
  public Confusion(int classes) {
    counts = new int[classes][classes];
  }

  /** Counts one image. */
  public void add(int actual, int predicted) {
    counts[actual][predicted]++;
  }

  /** Counts so many images. */
  public void add(int actual, int predicted, int images) {
    counts[actual][predicted] += images;
  }

  /**
   * Counts all images that {@code other} has counted, such as those of another seed.
   *
   * @throws IllegalArgumentException if {@code other} has labels that this one has not
   */
  public void addAll(Confusion other) {
    if (other.classes() > classes()) {
      throw new IllegalArgumentException(
          "confusion of %d labels cannot take in one of %d".formatted(classes(), other.classes()));
    }
    for (int actual = 0; actual < other.classes(); actual++) {
      for (int predicted = 0; predicted < other.classes(); predicted++) {
        counts[actual][predicted] += other.counts[actual][predicted];
      }
    }
  }

  /**
   * Counts as {@link #counts} gives them.
   *
   * @param counts row-major; as many rows as columns
   */
  public static Confusion of(int[] counts) {
    Confusion confusion = new Confusion((int) Math.round(Math.sqrt(counts.length)));
    for (int i = 0; i < counts.length; i++) {
      confusion.counts[i / confusion.classes()][i % confusion.classes()] = counts[i];
    }
    return confusion;
  }

  /** All counts, row by row: a row has the images of one actual label. */
  public int[] counts() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).toArray();
  }

  /** Number of labels. */
  public int classes() {
    return counts.length;
  }

  /** Number of images of class {@code actual} that were taken for {@code predicted}. */
  public int count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** Number of images of class {@code actual}. */
  public int images(int actual) {
    return IntStream.of(counts[actual]).sum();
  }

  /** Number of images of any class that were taken for {@code predicted}. */
  public int answers(int predicted) {
    return Arrays.stream(counts).mapToInt(row -> row[predicted]).sum();
  }

  /** Share of all images that were recognised: the pooled accuracy, 0 to 1. */
  public double accuracy() {
    return accuracy(0, classes());
  }

  /**
   * Share recognised of the images of labels {@code first} .. {@code end} - 1, 0 to 1.
   *
   * @throws IllegalStateException if there is no such image
   */
  public double accuracy(int first, int end) {
    int images = IntStream.range(first, end).map(this::images).sum();
    if (images == 0) {
      throw new IllegalStateException(
          "no image of labels %d to %d was counted: their accuracy has no meaning"
              .formatted(first, end - 1));
    }
    return (double) IntStream.range(first, end).map(c -> counts[c][c]).sum() / images;
  }

  /** Share of the class's images that were recognised, 0 to 1; empty for a class without images. */
  public OptionalDouble recall(int actual) {
    int images = images(actual);
    return images == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) counts[actual][actual] / images);
  }

  /** Mean of the recall of all classes that have images, each class counting the same, 0 to 1. */
  public double macroAccuracy() {
    return IntStream.range(0, classes())
        .mapToObj(this::recall)
        .flatMapToDouble(OptionalDouble::stream)
        .average()
        .orElseThrow(
            () -> new IllegalStateException("no image was counted: accuracy has no meaning"));
  }
}
