package engram.data.catalog;

import engram.base.Excerpt;
import engram.base.Spelling;
import engram.base.UserPath;
import engram.data.DataException;
import engram.data.DataSource;
import engram.data.Dataset;
import engram.data.Framing;
import engram.data.ImageCache;
import engram.data.ImageSet;
import engram.data.synthetic.GeneratedSigns;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Opens the data set that a command line names.
 *
 * @param cache keeps what had to be decoded or generated
 * @param threads how many threads decode or generate; the images do not depend on it
 * @param options what a person wants of it
 * @param size how many signs to generate
 * @param seed which images to generate
 */
public record Datasets(
    ImageCache cache, int threads, DataOptions options, GeneratedSigns.Size size, long seed) {

  /** The table of all data sets. */
  public static final List<DataEntry> TABLE = DataTable.ROWS;

  /** Everything as it comes; the full generated data set, seed 1. */
  public Datasets(ImageCache cache, int threads) {
    this(cache, threads, DataOptions.NONE);
  }

  /** The full generated data set, seed 1. */
  public Datasets(ImageCache cache, int threads, DataOptions options) {
    this(cache, threads, options, GeneratedSigns.Size.FULL, 1);
  }

  /**
   * The row of the table that {@code spec} names.
   *
   * @param spec {@code NAME} or {@code NAME:PATH}
   * @throws IllegalArgumentException if there is no such row, with the nearest, or a path is
   *     missing or one too many
   */
  public static DataEntry entry(String spec) {
    int colon = spec.indexOf(':');
    String name = colon < 0 ? spec : spec.substring(0, colon);
    DataEntry entry =
        TABLE.stream()
            .filter(row -> row.name().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(name));
    boolean hasPlace = colon >= 0 && colon + 1 < spec.length();
    if (hasPlace == entry.place().isEmpty()) {
      throw new IllegalArgumentException(
          "data set \"%s\": it %s; write  --data %s"
              .formatted(
                  Excerpt.of(spec),
                  hasPlace ? "is generated and lies nowhere" : "does not say where the data lie",
                  entry.form()));
    }
    return entry;
  }

  /** What the images that {@code spec} names will be like, where that is known before reading. */
  public static Optional<DataEntry.Form> form(String spec, DataOptions options) {
    return entry(spec)
        .known()
        .map(
            own -> {
              int height = options.side() > 0 ? options.side() : own.height();
              int width = options.side() > 0 ? options.side() : own.width();
              int pad = 2 * options.pad();
              return new DataEntry.Form(height + pad, width + pad, own.channels(), own.classes());
            });
  }

  private static IllegalArgumentException unknown(String name) {
    List<String> names = TABLE.stream().map(DataEntry::name).toList();
    return new IllegalArgumentException(
        "there is no data set \"%s\"%s; choose from %s"
            .formatted(
                Excerpt.of(name),
                Spelling.nearest(name, names).map(word -> ", perhaps " + word).orElse(""),
                String.join(", ", TABLE.stream().map(DataEntry::form).toList())));
  }

  /**
   * The data set that {@code spec} names.
   *
   * @param spec as one of the forms of {@link #TABLE}; a leading {@code ~} of a path stands for the
   *     home folder
   * @throws IllegalArgumentException as {@link #entry}
   * @throws DataException if there is no such data, or it is incomplete or damaged
   */
  public Dataset open(String spec) {
    DataEntry entry = entry(spec);
    if (options.skipBad() && !entry.hasPictureFiles()) {
      throw new DataException(
          "data set \"" + spec + "\"",
          "it has no files of single pictures that --skip-bad could leave out",
          "Leave out  --skip-bad");
    }
    if (options.cropToSign() && !entry.hasPhotographedSigns()) {
      throw new DataException(
          "data set \"" + spec + "\"",
          "it has no bounding boxes that --crop could cut to",
          "Leave out  --crop");
    }
    Path path = path(spec);
    try {
      return framed(entry.opener().open(this, path));
    } catch (OutOfMemoryError e) {
      throw new DataException(
          "data set \"" + spec + "\"",
          String.format(
              Locale.ROOT,
              "it does not fit into the %,d MB that Java may use",
              Runtime.getRuntime().maxMemory() >> 20),
          "Give Java more memory: JAVA_TOOL_OPTIONS=-Xmx4g"
              + (options.side() > 0 || options.pad() > 0 ? "; or choose a smaller --side" : ""),
          e);
    }
  }

  /** Resized and padded as it was asked for. */
  private Dataset framed(Dataset data) {
    int side = options.side();
    int pad = options.pad();
    if (side > 0 && (data.train().height() != side || data.train().width() != side)) {
      String how = ", resized to %s x %s".formatted(side, side);
      data = map(data, how, images -> Framing.resized(images, side, threads));
    }
    return pad > 0 ? map(data, ", padded by " + pad, images -> Framing.padded(images, pad)) : data;
  }

  private static Dataset map(Dataset data, String how, UnaryOperator<ImageSet> change) {
    return new Dataset(
        data.description() + how,
        data.classNames(),
        change.apply(data.train()),
        change.apply(data.test()));
  }

  /**
   * What the cache has of a source, else what it loads.
   *
   * @param name of the data set
   * @param path where it lies: each place has a slot of its own, which new files at it take over
   * @param variant which of several ways to read the same files, each with its own slot
   */
  Dataset cached(String name, Path path, DataSource source, String variant) {
    return cached(name, path, variant, source.key(), () -> source.load(threads));
  }

  /** The same of what has a key and can be loaded. */
  Dataset cached(String name, Path path, String variant, String key, Supplier<Dataset> load) {
    String place = path.toAbsolutePath().normalize() + variant;
    String slot = name + "-" + HexFormat.of().toHexDigits(place.hashCode());
    return cache.get(slot, key + ", " + place, load);
  }

  private static Path path(String spec) {
    String text = spec.substring(spec.indexOf(':') < 0 ? spec.length() : spec.indexOf(':') + 1);
    try {
      return UserPath.of(text);
    } catch (InvalidPathException e) {
      throw new DataException(
          "data set \"" + spec + "\"",
          "not a path: " + e.getReason(),
          "Write  --data " + entry(spec).form());
    }
  }
}
