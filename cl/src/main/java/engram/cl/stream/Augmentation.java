package engram.cl.stream;

import java.util.Locale;

/** How training images vary from one time they are seen to the next. */
public enum Augmentation {
  /** Every image as it is. */
  NONE,

  /**
   * A sign moved by up to a tenth of its width, turned by up to 0.2 radians, a tenth nearer or
   * farther, with a fifth more or less contrast and brightness; all uniform, none mirrored.
   */
  SIGNS,

  /**
   * {@link #SIGNS}, and where a traffic sign stays one by it, one in two is mirrored and each
   * turned to any of the directions in which it shows the same: <i>keep right</i> comes as <i>keep
   * left</i> as well, if both are of one task ({@link engram.data.gtsrb.SignSymmetry}).
   */
  SIGNS_FLIP,

  /**
   * {@link #SIGNS}, and each image blurred by a share that is uniform up to a plain mean of three
   * pixels, and one in two with a square of a quarter of its width covered.
   */
  ROUGH,

  /**
   * A window of an image's own size, anywhere within the image and four black pixels around it: 81
   * places, all as likely. Black is byte 0, before pixels are normalised.
   */
  CROP,

  /** {@link #CROP}, and one in two mirrored: what CIFAR is commonly trained with. */
  CROP_FLIP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
