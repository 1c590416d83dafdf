package engram.cl.stream;

import engram.data.augment.Blur;
import engram.data.augment.Crop;
import engram.data.augment.Cutout;
import engram.data.augment.Distortion;
import engram.random.CounterRandom;
import engram.tensor.Shape;

/** An {@link Augmentation} for images of one size. */
final class Variation {
  /** Black pixels around an image that is cropped. */
  private static final int PAD = 4;

  private final Augmentation augmentation;
  private final Symmetries symmetries;
  private final int height;
  private final int width;
  private final Distortion distortion;
  private final Blur blur;
  private final Cutout cutout;
  private final Crop crop;

  /**
   * @param image [height, width, channels]
   */
  Variation(Augmentation augmentation, Symmetries symmetries, Shape image) {
    this.augmentation = augmentation;
    this.symmetries = symmetries;
    height = image.dim(0);
    width = image.dim(1);
    distortion = new Distortion(height, width, image.dim(2));
    blur = new Blur(height, width, image.dim(2));
    cutout = new Cutout(height, width, image.dim(2));
    crop = new Crop(height, width, image.dim(2));
  }

  /** Whether images are changed at all. */
  boolean isAny() {
    return augmentation != Augmentation.NONE;
  }

  /**
   * One image as it is seen this time.
   *
   * @param random numbers for this image alone
   * @param source unsigned bytes, the image from {@code from} on
   * @param label what it shows
   * @param room takes the bytes, from its start
   * @return what it shows this time
   */
  int apply(CounterRandom random, byte[] source, int from, int label, byte[] room) {
    int shown = label;
    switch (augmentation) {
      case NONE -> System.arraycopy(source, from, room, 0, room.length);
      case SIGNS -> distort(random, source, from, room, 0, false);
      case SIGNS_FLIP -> {
        int other = symmetries.mirrored(label);
        boolean mirrored = other >= 0 && random.uniform(6) < 0.5f;
        shown = mirrored ? other : label;
        int turns = symmetries.turns(shown);
        double turn = 2 * Math.PI / turns * random.below(turns, 7);
        distort(random, source, from, room, (float) turn, mirrored);
      }
      case ROUGH -> {
        distort(random, source, from, room, 0, false);
        roughen(random, room);
      }
      case CROP -> crop(random, source, from, room, false);
      case CROP_FLIP -> crop(random, source, from, room, random.uniform(2) < 0.5f);
    }
    return shown;
  }

  private void distort(
      CounterRandom random, byte[] source, int from, byte[] room, float turn, boolean mirrored) {
    float reach = width / 10f;
    distortion.apply(
        source,
        from,
        room,
        reach * within(random, 0),
        reach * within(random, 1),
        1 + 0.1f * within(random, 2),
        turn + 0.2f * within(random, 3),
        1 + 0.2f * within(random, 4),
        51 * within(random, 5),
        mirrored);
  }

  private void roughen(CounterRandom random, byte[] room) {
    blur.apply(room, random.uniform(6) / 3);
    if (random.uniform(7) < 0.5f) {
      int side = width / 4;
      int row = Math.round(random.uniform(8) * height) - side / 2;
      int column = Math.round(random.uniform(9) * width) - side / 2;
      cutout.apply(room, row, column, side);
    }
  }

  private void crop(CounterRandom random, byte[] source, int from, byte[] room, boolean mirrored) {
    int down = random.below(2 * PAD + 1, 0) - PAD;
    int right = random.below(2 * PAD + 1, 1) - PAD;
    crop.apply(source, from, room, down, right, mirrored);
  }

  /** Uniform in [-1, 1). */
  private static float within(CounterRandom random, int counter) {
    return 2 * random.uniform(counter) - 1;
  }
}
