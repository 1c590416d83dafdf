package engram.data.synthetic;

import engram.base.Parallel;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.data.gtsrb.GtsrbClasses;
import engram.data.synthetic.drawing.SignCatalog;
import java.util.List;
import java.util.function.Function;

/**
 * Traffic signs without a download: 43 classes that look like GTSRB's, in its class order and with
 * its names, 32 x 32 RGB, in tracks of one physical sign that comes nearer. Unlike GTSRB every
 * class has as many images as the others.
 *
 * <p>The same seed and size give the same bytes on every machine, for any number of threads. A
 * track depends on the seed, its class and its number alone, so a smaller size is a part of a
 * larger one.
 */
public final class GeneratedSigns {

  /** Raise this when the same seed would give other bytes, so that cached ones are made again. */
  private static final int VERSION = 2;

  /** First test track of a class; training tracks are numbered from 0. */
  private static final int FIRST_TEST_TRACK = 5_000;

  /** Tracks are numbered within each class; this makes them unique over all. */
  private static final int TRACKS_PER_CLASS = 10_000;

  /**
   * How much to generate.
   *
   * @param trainTracks tracks a class to learn from, of 30 frames each, 1 to 5000
   * @param testTracks other tracks a class to measure on, of every third frame (neighbouring frames
   *     are near-duplicates: more of them would cost time and measure nothing), 1 to 5000
   */
  public record Size(int trainTracks, int testTracks) {

    /** 15,480 training and 8,600 test images. */
    public static final Size FULL = new Size(12, 20);

    /** 5,160 training and 1,720 test images, for a quick look. */
    public static final Size QUICK = new Size(4, 4);

    public Size {
      if (Math.min(trainTracks, testTracks) < 1
          || Math.max(trainTracks, testTracks) > FIRST_TEST_TRACK) {
        throw new IllegalArgumentException(
            "%s training and %s test tracks a class, expected 1 to %s of each"
                .formatted(trainTracks, testTracks, FIRST_TEST_TRACK));
      }
    }
  }

  private static final int TEST_STEP = 3;

  private GeneratedSigns() {}

  /** The full data set on all processors. */
  public static Dataset generate(long seed) {
    return generate(seed, Size.FULL, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Generates a data set.
   *
   * @param seed names the data set; every seed gives other tracks of the same classes
   * @param threads how many threads render; the images do not depend on it
   */
  public static Dataset generate(long seed, Size size, int threads) {
    List<SignTexture> textures = SignCatalog.signs().stream().map(SignTexture::of).toList();
    return new Dataset(
        "generated signs, seed " + seed,
        GtsrbClasses.NAMES,
        film(textures, seed, 0, size.trainTracks(), 1, threads),
        film(textures, seed, FIRST_TEST_TRACK, size.testTracks(), TEST_STEP, threads));
  }

  /** Changes whenever {@link #generate} gives other images: what a cache needs to know. */
  public static String key(long seed, Size size) {
    return "generated signs %s, seed %s, %s".formatted(VERSION, seed, size);
  }

  /** The last frame of each {@code step} frames, of tracks {@code first} on, ordered by class. */
  private static ImageSet film(
      List<SignTexture> textures, long seed, int first, int tracks, int step, int threads) {
    return film(textures, seed, first, tracks, step, threads, Track::of);
  }

  /** The same with tracks of another kind. */
  static ImageSet film(
      List<SignTexture> textures,
      long seed,
      int first,
      int tracks,
      int step,
      int threads,
      Function<Dice, Track> kind) {
    int frames = Track.FRAMES / step;
    int count = Math.multiplyExact(textures.size() * tracks, frames);
    int bytes = FrameRenderer.SIZE * FrameRenderer.SIZE * 3;
    byte[] pixels = new byte[Math.multiplyExact(count, bytes)];
    int[] labels = new int[count];
    int[] trackOf = new int[count];
    Parallel.forEach(
        textures.size() * tracks,
        threads,
        i -> {
          int label = i / tracks;
          int number = first + i % tracks;
          Track track = kind.apply(Dice.of(seed, label, number));
          FrameRenderer renderer = new FrameRenderer();
          for (int f = 0; f < frames; f++) {
            int image = i * frames + f;
            labels[image] = label;
            trackOf[image] = label * TRACKS_PER_CLASS + number;
            int frame = f * step + step - 1;
            renderer.render(textures.get(label), track, frame, pixels, image * bytes);
          }
        });
    return new ImageSet(FrameRenderer.SIZE, FrameRenderer.SIZE, 3, pixels, labels, trackOf);
  }
}
