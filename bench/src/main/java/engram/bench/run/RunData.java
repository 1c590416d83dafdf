package engram.bench.run;

import engram.base.UserCache;
import engram.data.Dataset;
import engram.data.ImageCache;
import engram.data.ImageSet;
import engram.data.TrackSplit;
import engram.data.catalog.Datasets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Opens the data set of a run. */
public final class RunData {
  /** Of every so many tracks of a class a quick look keeps one. */
  private static final int QUICK_SHARE = 5;

  private static final double HELD_OUT = 0.2;

  private RunData() {}

  /**
   * The data set that a run uses.
   *
   * @param notice takes lines that a person should see, such as that a cache is made anew
   */
  public static Dataset open(RunConfig config, Consumer<String> notice) {
    ImageCache cache = new ImageCache(UserCache.folder(), notice);
    Dataset full = new Datasets(cache, config.threads(), config.dataOptions()).open(config.data());
    Dataset used =
        config.quick()
            ? new Dataset(
                full.description() + ", a fifth of it",
                full.classNames(),
                thin(full.train()),
                thin(full.test()))
            : full;
    return config.heldOut() == 0 ? used : withoutTestImages(used, config.heldOut());
  }

  /**
   * A fifth of each class's training tracks in place of the test images, which are left alone. The
   * same seed gives the same tracks in all runs, so that settings are compared on the same images.
   */
  static Dataset withoutTestImages(Dataset dataset, int seed) {
    TrackSplit split = TrackSplit.of(dataset.train(), HELD_OUT, seed);
    return new Dataset(
        dataset.description()
            + ", measured on a fifth of its training tracks"
            + (seed == 1 ? "" : ", drawn by " + seed),
        dataset.classNames(),
        dataset.train().select(split.kept()),
        dataset.train().select(split.heldOut()));
  }

  /** Every fifth track of each class, the first among them. */
  private static ImageSet thin(ImageSet images) {
    Map<Integer, Map<Integer, Integer>> tracks = new HashMap<>();
    IntStream.Builder kept = IntStream.builder();
    for (int i = 0; i < images.size(); i++) {
      Map<Integer, Integer> known =
          tracks.computeIfAbsent(images.labels()[i], label -> new HashMap<>());
      int number = known.computeIfAbsent(images.tracks()[i], track -> known.size());
      if (number % QUICK_SHARE == 0) {
        kept.add(i);
      }
    }
    return images.select(kept.build().toArray());
  }
}
