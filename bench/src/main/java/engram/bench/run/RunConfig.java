package engram.bench.run;

import engram.cl.catalog.Strategies;
import engram.cl.settings.Settings;
import engram.cl.settings.Values;
import engram.data.catalog.DataEntry;
import engram.data.catalog.DataOptions;
import engram.data.catalog.Datasets;
import engram.device.Devices;
import java.util.HashMap;
import java.util.Map;

/**
 * A run as it is carried out, every default filled in; its rows in {@link RunOptions} say what its
 * parts mean.
 *
 * @param toMap option names and values: what {@code --config} reads back
 */
public record RunConfig(
    String data,
    DataOptions dataOptions,
    boolean quick,
    boolean validate,
    String device,
    int threads,
    Settings settings,
    Map<String, Object> toMap) {

  public RunConfig {
    Strategies.require(settings);
    Devices.requireName(device);
  }

  private RunConfig(Values v) {
    this(
        v.get(RunOptions.DATA),
        new DataOptions(
            v.get(RunOptions.SIDE), v.get(RunOptions.PAD), false, v.get(RunOptions.SKIP_BAD)),
        v.get(RunOptions.QUICK),
        v.get(RunOptions.VALIDATE),
        v.get(RunOptions.DEVICE),
        v.get(RunOptions.THREADS),
        new Settings(v),
        v.plain(RunOptions.ALL));
  }

  /**
   * A run as a person gave it; the preset says the rest.
   *
   * @param given texts by the names of {@link RunOptions}; the strategies may be {@code all}
   * @throws IllegalArgumentException if one has a value that makes no sense
   * @throws engram.data.DataException if there is no such data set
   */
  public static RunConfig of(Map<String, String> given) {
    Map<String, String> texts = new HashMap<>(given);
    texts.replace("strategies", "all", String.join(",", Strategies.NAMES));
    DataEntry data = Datasets.entry(new Values(given).get(RunOptions.DATA));
    return new RunConfig(Values.of(texts, RunOptions.ALL, data.hasPhotographedSigns()));
  }
}
