package engram.bench.check;

import engram.data.Dataset;
import engram.data.ImageSet;
import engram.random.CounterRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Data sets of four classes and few images, for two tasks of two classes each. */
final class FewImages {
  private static final int CLASSES = 4;
  private static final int OF_EACH = 8;
  private static final int SIDE = 8;

  private FewImages() {}

  /** Noise, 8 x 8 in colour. */
  static Dataset noise() {
    List<String> names = IntStream.range(0, CLASSES).mapToObj(k -> "noise " + k).toList();
    return new Dataset("noise", names, noise("train"), noise("test"));
  }

  private static ImageSet noise(String part) {
    CounterRandom random = CounterRandom.of(1, part);
    byte[] pixels = new byte[CLASSES * OF_EACH * SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.below(256, i);
    }
    int[] labels = IntStream.range(0, CLASSES * OF_EACH).map(i -> i % CLASSES).toArray();
    int[] tracks = IntStream.range(0, labels.length).toArray();
    return new ImageSet(SIDE, SIDE, 3, pixels, labels, tracks);
  }

  /**
   * The first images of the first classes.
   *
   * @throws IllegalArgumentException if there are fewer classes than four
   */
  static Dataset of(Dataset all) {
    if (all.classes() < CLASSES) {
      throw new IllegalArgumentException(
          "check: the data have %d classes, expected %d or more, for two tasks of two"
              .formatted(all.classes(), CLASSES));
    }
    return new Dataset(
        all.description(), all.classNames().subList(0, CLASSES), few(all.train()), few(all.test()));
  }

  private static ImageSet few(ImageSet images) {
    Map<Integer, Integer> taken = new HashMap<>();
    return images.select(
        IntStream.range(0, images.size())
            .filter(i -> images.labels()[i] < CLASSES)
            .filter(i -> taken.merge(images.labels()[i], 1, Integer::sum) <= OF_EACH)
            .toArray());
  }
}
