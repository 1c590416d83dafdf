package engram.data.catalog;

import engram.data.DataException;
import engram.data.Dataset;
import engram.data.ImageCache;
import engram.data.gtsrb.Gtsrb;
import engram.data.synthetic.GeneratedSigns;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Opens the data set that a command line names.
 *
 * @param cache keeps what had to be decoded or generated
 * @param size how many signs to generate
 * @param seed which signs to generate
 * @param cropToSign whether photographs are cut to the sign's bounding box
 * @param threads how many threads decode or generate; the images do not depend on it
 */
public record Datasets(
    ImageCache cache, GeneratedSigns.Size size, long seed, boolean cropToSign, int threads) {

  /** Names the generated signs. */
  public static final String SYNTHETIC = "synthetic";

  /** Names GTSRB when a path follows. */
  public static final String GTSRB = "gtsrb:";

  /** The full generated data set, seed 1, and photographs as they are. */
  public Datasets(ImageCache cache, int threads) {
    this(cache, GeneratedSigns.Size.FULL, 1, false, threads);
  }

  /**
   * The data set that {@code spec} names: {@code synthetic}, or {@code gtsrb:PATH} where PATH is a
   * folder or a zip.
   *
   * @throws DataException if there is no such data, or it is incomplete or damaged
   */
  public Dataset open(String spec) {
    if (spec.equals(SYNTHETIC)) {
      return cache.get(
          "synthetic-%d-%d-%d".formatted(seed, size.trainTracks(), size.testTracks()),
          GeneratedSigns.key(seed, size),
          () -> GeneratedSigns.generate(seed, size, threads));
    }
    if (spec.startsWith(GTSRB) && spec.length() > GTSRB.length()) {
      return gtsrb(path(spec));
    }
    throw unknown(spec, "no such data set, expected synthetic or gtsrb:PATH");
  }

  private Dataset gtsrb(Path path) {
    Gtsrb source = new Gtsrb(path, cropToSign);
    // One slot for each place and option: new files at the same place take over the slot.
    String place = path.toAbsolutePath().normalize() + (cropToSign ? ", cropped" : "");
    String slot = "gtsrb-" + HexFormat.of().toHexDigits(place.hashCode());
    return cache.get(slot, source.key() + ", " + place, () -> source.load(threads));
  }

  private static Path path(String spec) {
    try {
      return Path.of(spec.substring(GTSRB.length()));
    } catch (InvalidPathException e) {
      throw unknown(spec, "not a path: " + e.getReason());
    }
  }

  private static DataException unknown(String spec, String problem) {
    return new DataException(
        "data set \"" + spec + "\"",
        problem,
        "Write  --data synthetic  for generated signs, or  --data gtsrb:PATH  where PATH is the"
            + " folder that holds GTSRB or its zips");
  }
}
