package engram.data.catalog;

import engram.data.Dataset;
import engram.data.fetch.Origin;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A row of the table of data sets.
 *
 * @param name as on the command line
 * @param place where it lies, such as {@code PATH} in {@code gtsrb:PATH}; empty if it is made here
 * @param what one line on what it is
 * @param terms whom to cite and what its authors allow; empty if it is made here
 * @param trait what else has to be known of it
 * @param known what its images are like, where that can be said before they are read
 * @param origin where its files can be fetched, if they have an address
 * @param opener reads it
 */
public record DataEntry(
    String name,
    String place,
    String what,
    String terms,
    Trait trait,
    Optional<Form> known,
    Optional<Origin> origin,
    Opener opener) {

  /**
   * What images are like.
   *
   * @param classes number of classes
   */
  public record Form(int height, int width, int channels, int classes) {}

  /** What tells a data set from others, beside its name. */
  public enum Trait {
    /** Nothing. */
    PLAIN,
    /** A file for each picture: one that is damaged may be left out. */
    PICTURE_FILES,
    /** As before, photographs of signs: the default preset trains them longer and varies them. */
    PHOTOGRAPHED_SIGNS
  }

  /** How to open a data set. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens it.
     *
     * @param with the cache and the options
     * @param path what a person gave as the place; empty if it is made here
     */
    Dataset open(Datasets with, Path path);
  }

  /** What to write on the command line: {@code gtsrb:PATH}. */
  public String form() {
    return place.isEmpty() ? name : name + ":" + place;
  }

  /** Whether damaged pictures may be left out. */
  public boolean hasPictureFiles() {
    return trait != Trait.PLAIN;
  }

  /** Whether its images are photographs of signs, for which the default preset has settings. */
  public boolean hasPhotographedSigns() {
    return trait == Trait.PHOTOGRAPHED_SIGNS;
  }
}
