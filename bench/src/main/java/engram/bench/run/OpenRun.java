package engram.bench.run;

import engram.backend.Backend;
import engram.bench.protocol.ProtocolCard;
import engram.cl.experiment.Experiment;
import engram.cl.settings.Settings;
import engram.cl.task.TaskSequence;
import engram.data.Dataset;
import engram.nn.Sequential;
import engram.nn.train.WarmUp;
import java.util.SequencedMap;

/**
 * A run whose data are open, and whose parts are known to go together.
 *
 * @param tasks of the first seed
 * @param layers of the network with all its outputs
 */
public record OpenRun(RunConfig config, Dataset dataset, TaskSequence tasks, Sequential layers) {

  /**
   * Puts the parts together.
   *
   * @param dataset that of {@link RunData#open}
   * @throws IllegalArgumentException if they do not go together
   */
  public static OpenRun of(RunConfig config, Dataset dataset) {
    Settings settings = config.settings();
    TaskSequence tasks = Experiment.tasks(settings, dataset, settings.protocol().seed());
    Sequential layers =
        Experiment.layers(settings, config.plugins(), dataset, tasks.split().classes());
    config.plugins().strategies().require(settings, layers, tasks.split());
    return new OpenRun(config, dataset, tasks, layers);
  }

  /** Number of trained values of the network. */
  public long parameters() {
    return layers.parameters().stream().mapToLong(p -> p.shape().elements()).sum();
  }

  /**
   * Waits until training can begin at its full speed.
   *
   * @param warmUp that of its {@link RunConfig}
   */
  public void await(WarmUp warmUp) {
    warmUp.begin(layers);
    warmUp.finish();
  }

  /** Its protocol card, when it runs on a device. */
  SequencedMap<String, String> card(Backend backend) {
    Settings settings = config.settings();
    return ProtocolCard.of(
        config.toMap(),
        settings.strategies(),
        config.plugins().strategies(),
        tasks,
        parameters(),
        settings.recipe().input(dataset.train()).normalisation().text(),
        backend.description());
  }
}
