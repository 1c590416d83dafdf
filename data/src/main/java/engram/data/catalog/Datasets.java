package engram.data.catalog;

import engram.data.DataException;
import engram.data.Dataset;
import engram.data.ImageCache;
import engram.data.gtsrb.Gtsrb;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Opens the data set that a command line names.
 *
 * @param cache keeps what had to be decoded or generated
 * @param cropToSign whether real photographs are cut to the sign's bounding box
 * @param threads how many threads decode or generate; the images do not depend on it
 */
public record Datasets(ImageCache cache, boolean cropToSign, int threads) {

  private static final String GTSRB = "gtsrb:";

  /**
   * The data set that {@code spec} names: {@code gtsrb:PATH}, PATH being a folder or a zip.
   *
   * @throws DataException if there is no such data, or it is incomplete or damaged
   */
  public Dataset open(String spec) {
    if (spec.startsWith(GTSRB) && spec.length() > GTSRB.length()) {
      return gtsrb(Path.of(spec.substring(GTSRB.length())));
    }
    throw new DataException(
        "--data " + spec, "no such data set, expected gtsrb:PATH", "PATH is a folder or a zip");
  }

  private Dataset gtsrb(Path path) {
    Gtsrb source = new Gtsrb(path, cropToSign);
    // One slot per place and option: new files at the same place take over the slot.
    String place = path.toAbsolutePath().normalize() + (cropToSign ? ", cropped" : "");
    String slot = "gtsrb-" + HexFormat.of().toHexDigits(place.hashCode());
    return cache.get(slot, source.key() + ", " + place, () -> source.load(threads));
  }
}
