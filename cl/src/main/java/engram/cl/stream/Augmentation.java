package engram.cl.stream;

import engram.data.augment.Blur;
import engram.data.augment.Cutout;
import engram.data.augment.Distortion;
import engram.random.CounterRandom;
import java.util.Locale;

/** How training images vary from one time they are seen to the next. */
public enum Augmentation {
  /** Every image as it is. */
  NONE,

  /**
   * A sign moved by up to a tenth of 32 pixels, turned by up to 0.2 radians, a tenth nearer or
   * farther, with a fifth more or less contrast and brightness; all uniform, none mirrored.
   */
  SIGNS,

  /**
   * {@link #SIGNS}, and each image blurred by a share that is uniform up to a plain mean of three
   * pixels, and one in two with a square of a quarter of its width covered.
   */
  ROUGH;

  /**
   * One image as it is seen this time; not for {@link #NONE}.
   *
   * @param random numbers for this image alone
   * @param source unsigned RGB bytes, the image from {@code from} on
   * @param room takes the bytes, from its start
   */
  void apply(CounterRandom random, Distortion distortion, byte[] source, int from, byte[] room) {
    int height = distortion.height();
    int width = distortion.width();
    float reach = width / 10f;
    distortion.apply(
        source,
        from,
        room,
        reach * within(random, 0),
        reach * within(random, 1),
        1 + 0.1f * within(random, 2),
        0.2f * within(random, 3),
        1 + 0.2f * within(random, 4),
        51 * within(random, 5));
    if (this == ROUGH) {
      new Blur(height, width).apply(room, random.uniform(6) / 3);
      if (random.uniform(7) < 0.5f) {
        int side = width / 4;
        int row = Math.round(random.uniform(8) * height) - side / 2;
        int column = Math.round(random.uniform(9) * width) - side / 2;
        new Cutout(height, width).apply(room, row, column, side);
      }
    }
  }

  /** Uniform in [-1, 1). */
  private static float within(CounterRandom random, int counter) {
    return 2 * random.uniform(counter) - 1;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
