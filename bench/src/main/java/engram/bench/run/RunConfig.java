package engram.bench.run;

import engram.cl.catalog.Strategies;
import engram.cl.settings.Option;
import engram.cl.settings.Options;
import engram.cl.settings.Settings;
import engram.cl.settings.Values;
import engram.data.catalog.Datasets;
import engram.device.Devices;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run as it is carried out, every default filled in.
 *
 * @param data name of the data set, as on the command line
 * @param quick whether only a few tracks of each class are used
 * @param validate whether a fifth of the training tracks is put aside and measured on, in place of
 *     the test images
 * @param device name of the device
 * @param threads threads of the device
 */
public record RunConfig(
    String data, boolean quick, boolean validate, String device, int threads, Settings settings) {

  public RunConfig {
    Strategies.require(settings);
    Devices.requireName(device);
    RunOptions.THREADS.require(threads);
  }

  /**
   * A run as a person gave it; the preset says the rest.
   *
   * @param given texts by the names of {@link RunOptions}; the strategies may be {@code all}
   * @throws IllegalArgumentException if one has a value that makes no sense
   */
  public static RunConfig of(Map<String, String> given) {
    Values values = Values.of(given, RunOptions.ALL);
    Map<String, String> settings = new LinkedHashMap<>(given);
    settings.keySet().retainAll(Options.ALL.stream().map(Option::name).toList());
    settings.replace("strategies", "all", String.join(",", Strategies.NAMES));
    String data = values.get(RunOptions.DATA);
    return new RunConfig(
        data,
        values.get(RunOptions.QUICK),
        values.get(RunOptions.VALIDATE),
        values.get(RunOptions.DEVICE),
        values.get(RunOptions.THREADS),
        Settings.of(settings, data.startsWith(Datasets.GTSRB)));
  }

  /** Option names and values: what {@code --config} reads back. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    RunOptions.ALL.forEach(option -> map.put(option.name(), option.plain(this)));
    return map;
  }
}
