package engram.cl;

import engram.cl.task.Examples;
import engram.data.Dataset;
import engram.data.ImageSet;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Tiny image sets whose pixels tell which image they are. */
public final class ToySigns {
  /** Rows x columns x channels of an image. */
  public static final int IMAGE_BYTES = 1 * 2 * 3;

  private ToySigns() {}

  /**
   * Image i has class {@code labels[i]}; its number is in its first four bytes, high byte first.
   */
  public static ImageSet images(int... labels) {
    byte[] pixels = new byte[labels.length * IMAGE_BYTES];
    for (int i = 0; i < labels.length; i++) {
      for (int b = 0; b < 4; b++) {
        pixels[i * IMAGE_BYTES + b] = (byte) (i >>> 8 * (3 - b));
      }
    }
    return new ImageSet(1, 2, 3, pixels, labels, new int[labels.length]);
  }

  /** Examples of {@link #images}. */
  public static Examples examples(int... labels) {
    return Examples.of(images(labels));
  }

  /** The number of the image whose bytes start at {@code offset}. */
  public static int number(byte[] pixels, int offset) {
    int number = 0;
    for (int b = 0; b < 4; b++) {
      number = number << 8 | pixels[offset + b] & 0xFF;
    }
    return number;
  }

  /** A data set of classes named c0, c1, ... */
  public static Dataset dataset(int classes, ImageSet train, ImageSet test) {
    return new Dataset(
        "toy signs", IntStream.range(0, classes).mapToObj(c -> "c" + c).toList(), train, test);
  }

  /** {@code count} times {@code label}. */
  public static int[] repeat(int label, int count) {
    int[] labels = new int[count];
    Arrays.fill(labels, label);
    return labels;
  }
}
