package engram.cl.stream;

import engram.data.ImageSet;
import java.util.Locale;

/** Kinds of {@link Normalisation} by their names. */
public enum PixelScale {
  STANDARD,
  UNIT,
  CHANNEL,
  SYMMETRIC,
  LOCAL;

  /**
   * The normalisation for a data set.
   *
   * @param train its training images, all of them: what is measured of them holds for all tasks
   */
  public Normalisation of(ImageSet train) {
    return switch (this) {
      case STANDARD -> Normalisation.STANDARD;
      case UNIT -> Normalisation.UNIT;
      case CHANNEL -> Normalisation.PerChannel.of(train);
      case SYMMETRIC -> Normalisation.SYMMETRIC;
      case LOCAL -> new LocalContrast(train.height(), train.width(), train.channels());
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
