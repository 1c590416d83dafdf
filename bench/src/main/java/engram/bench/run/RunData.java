package engram.bench.run;

import engram.data.Dataset;
import engram.data.ImageCache;
import engram.data.ImageSet;
import engram.data.catalog.Datasets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Opens the data set of a run. */
final class RunData {
  /** Of every so many tracks of a class a quick look keeps one. */
  private static final int QUICK_SHARE = 5;

  private RunData() {}

  /**
   * The data set that a run uses.
   *
   * @param notice takes lines that a person should see, such as that a cache is made anew
   */
  static Dataset open(RunConfig config, Consumer<String> notice) {
    ImageCache cache = new ImageCache(ImageCache.userFolder(), notice);
    Dataset full = new Datasets(cache, config.threads()).open(config.data());
    return config.quick()
        ? new Dataset(
            full.description() + ", a fifth of it",
            full.classNames(),
            thin(full.train()),
            thin(full.test()))
        : full;
  }

  /** Every fifth track of each class, the first among them. */
  private static ImageSet thin(ImageSet images) {
    Map<Integer, List<Integer>> tracks = new HashMap<>();
    for (int i = 0; i < images.size(); i++) {
      List<Integer> known = tracks.computeIfAbsent(images.labels()[i], label -> new ArrayList<>());
      if (!known.contains(images.tracks()[i])) {
        known.add(images.tracks()[i]);
      }
    }
    return images.select(
        IntStream.range(0, images.size())
            .filter(
                i ->
                    tracks.getOrDefault(images.labels()[i], List.of()).indexOf(images.tracks()[i])
                            % QUICK_SHARE
                        == 0)
            .toArray());
  }
}
