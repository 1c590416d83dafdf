package engram.data.synthetic;

import engram.data.ImageSet;
import engram.data.synthetic.drawing.RandomSigns;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Photographs of signs that no road has, 32 x 32 RGB: {@link RandomSigns} filmed as {@link
 * GeneratedSigns} are. A network that has told them apart has features for forms, colours, strokes,
 * and for light and weather, before it meets the first class of a data set (pre-training on images
 * that follow from formulas, Kataoka et al. 2020).
 *
 * <p>The same seed gives the same bytes on every machine, for any number of threads.
 */
public final class MadeUpSigns {

  /** Pixels a side. */
  public static final int SIZE = FrameRenderer.SIZE;

  /** Classes; those of a family share their board. */
  public static final int CLASSES = 320;

  private static final int TRACKS = 5;

  /** Every third frame of a track, as neighbours hardly differ. */
  private static final int STEP = 3;

  private MadeUpSigns() {}

  /**
   * Draws and films them: 16,000 images, labelled 0 to {@link #CLASSES} - 1, in tracks of ten.
   *
   * @param seed every seed has other signs
   * @param threads how many threads render; the images do not depend on it
   */
  public static ImageSet generate(long seed, int threads) {
    List<SignTexture> textures = textures(seed, CLASSES);
    // Some data sets are cut to the sign, others show what is around it: here are both.
    return GeneratedSigns.film(
        textures, seed, 0, TRACKS, STEP, threads, dice -> Track.of(dice, dice.unit()));
  }

  /** The faces of so many. */
  static List<SignTexture> textures(long seed, int count) {
    RandomSigns.Series series =
        key -> Dice.of(LongStream.concat(LongStream.of(seed), LongStream.of(key)).toArray())::unit;
    return RandomSigns.of(count, series).stream().map(SignTexture::of).toList();
  }
}
