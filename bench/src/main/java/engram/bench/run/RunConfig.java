package engram.bench.run;

import engram.cl.catalog.Strategies;
import engram.cl.settings.Settings;
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
    if (threads < 1 || threads > 64) {
      throw new IllegalArgumentException("threads is " + threads + ", expected 1 to 64");
    }
  }

  /** Option names and values: what {@code --config} reads back. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("data", data);
    map.put("quick", quick);
    map.put("validate", validate);
    map.put("preset", settings.preset().toString());
    map.put("strategies", settings.strategies());
    map.put("tasks", settings.tasks());
    map.put("class-order", settings.classOrder());
    map.put("model", settings.craft().model().toString());
    map.put("label-smoothing", settings.craft().labelSmoothing());
    map.put("average", settings.craft().average());
    map.put("pixels", settings.pixels().toString());
    map.put("augment", settings.augmentation().toString());
    map.put("pretraining-epochs", settings.pretrainingEpochs());
    map.put("online", settings.online());
    map.put("epochs", settings.epochs());
    map.put("batch", settings.batch());
    map.put("lr", settings.learningRate());
    map.put("schedule", settings.schedule().toString());
    map.put("buffer", settings.buffer());
    map.put("alpha", settings.alpha());
    map.put("temperature", settings.temperature());
    map.put("seed", settings.seed());
    map.put("seeds", settings.seeds());
    map.put("no-fusion", !settings.fusion());
    map.put("device", device);
    map.put("threads", threads);
    return map;
  }
}
