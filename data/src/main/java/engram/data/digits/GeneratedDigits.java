package engram.data.digits;

import engram.base.Parallel;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.synthetic.Dice;
import java.util.List;

/**
 * Handwritten digits without a download: ten classes in the form of MNIST, 28 x 28 grey, ink white
 * on black. Every writer writes every digit {@link #TAKES} times; these are one track. No writer of
 * the training set writes in the test set.
 *
 * <p>The same seed and size give the same bytes on every machine, for any number of threads. A
 * writer depends on the seed and its number alone, so a smaller size is a part of a larger one.
 */
public final class GeneratedDigits {

  /** How often a writer writes each digit. */
  public static final int TAKES = 5;

  /** Raise this when the same seed would give other bytes, so that cached ones are made again. */
  private static final int VERSION = 1;

  private static final int CLASSES = 10;

  /** First writer of the test set; those of the training set are numbered from 0. */
  private static final int FIRST_TEST_WRITER = 50_000;

  /** Writers are numbered for all digits; this makes tracks of each digit unique over all. */
  private static final int WRITERS = 2 * FIRST_TEST_WRITER;

  /**
   * How much to generate.
   *
   * @param trainWriters hands to learn from, {@link #TAKES} images a class each, 1 to 50,000
   * @param testWriters other hands to measure on, 1 to 50,000
   */
  public record Size(int trainWriters, int testWriters) {

    /** 10,000 training and 2,000 test images. */
    public static final Size FULL = new Size(200, 40);

    /** 2,000 training and 500 test images, for a quick look. */
    public static final Size QUICK = new Size(40, 10);

    public Size {
      if (Math.min(trainWriters, testWriters) < 1
          || Math.max(trainWriters, testWriters) > FIRST_TEST_WRITER) {
        throw new IllegalArgumentException(
            "%s writers for training and %s for test, expected 1 to %s of each"
                .formatted(trainWriters, testWriters, FIRST_TEST_WRITER));
      }
    }
  }

  private GeneratedDigits() {}

  /**
   * Generates a data set.
   *
   * @param seed names the data set; every seed gives other writers
   * @param threads how many threads draw; the images do not depend on it
   */
  public static Dataset generate(long seed, Size size, int threads) {
    return new Dataset(
        "generated digits, seed " + seed,
        List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
        write(seed, 0, size.trainWriters(), threads),
        write(seed, FIRST_TEST_WRITER, size.testWriters(), threads));
  }

  /** Changes whenever {@link #generate} gives other images: what a cache needs to know. */
  public static String key(long seed, Size size) {
    return "generated digits %s, seed %s, %s".formatted(VERSION, seed, size);
  }

  /** Digits by writers {@code first} on, ordered by class. */
  private static ImageSet write(long seed, int first, int writers, int threads) {
    int count = Math.multiplyExact(CLASSES * TAKES, writers);
    int bytes = Pen.SIDE * Pen.SIDE;
    byte[] pixels = new byte[Math.multiplyExact(count, bytes)];
    int[] labels = new int[count];
    int[] tracks = new int[count];
    Parallel.forEach(
        CLASSES * writers,
        threads,
        i -> {
          int digit = i / writers;
          int writer = first + i % writers;
          Hand hand = new Hand(Dice.of(seed, writer));
          for (int take = 0; take < TAKES; take++) {
            int image = i * TAKES + take;
            labels[image] = digit;
            tracks[image] = digit * WRITERS + writer;
            hand.write(digit, take, pixels, image * bytes);
          }
        });
    return new ImageSet(Pen.SIDE, Pen.SIDE, 1, pixels, labels, tracks);
  }
}
