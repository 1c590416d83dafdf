package engram.bench.sweep;

import engram.bench.run.RunConfig;
import engram.bench.run.RunData;
import engram.data.Dataset;
import engram.data.catalog.DataOptions;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Data sets that units share: each is read once as long as somebody uses it, or used it last. */
public final class OpenData {
  private record Key(String data, DataOptions options, boolean quick, int heldOut) {}

  private final Consumer<String> notice;
  private final Map<Key, WeakReference<Dataset>> open = new HashMap<>();
  private Optional<Map.Entry<Key, Dataset>> last = Optional.empty();

  /**
   * @param notice takes lines that a person should see, such as that a cache is made anew
   */
  public OpenData(Consumer<String> notice) {
    this.notice = notice;
  }

  /** The data set of a run. */
  public synchronized Dataset of(RunConfig config) {
    Key key = new Key(config.data(), config.dataOptions(), config.quick(), config.heldOut());
    Dataset dataset =
        last.filter(used -> used.getKey().equals(key))
            .map(Map.Entry::getValue)
            .or(() -> Optional.ofNullable(open.get(key)).map(WeakReference::get))
            .orElseGet(() -> RunData.open(config, notice));
    open.put(key, new WeakReference<>(dataset));
    last = Optional.of(Map.entry(key, dataset));
    return dataset;
  }
}
