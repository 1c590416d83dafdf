package engram.cl.experiment;

import engram.backend.Backend;
import engram.cl.settings.Head;
import engram.cl.settings.LossOver;
import engram.cl.settings.Settings;
import engram.cl.task.Task;
import engram.cl.task.TaskSequence;
import engram.nn.Network;
import java.util.Optional;

/**
 * Networks with the outputs that they need for a task.
 *
 * <p>A full head from which only classes met are compared is one that grows by the rows that it was
 * drawn with: outputs of other classes would have no gradient and are left out.
 */
final class Outputs {
  private final Settings settings;
  private final Backend backend;
  private final long seed;
  private final int all;
  private final Optional<Network> full;

  Outputs(Settings settings, Backend backend, TaskSequence sequence, long seed) {
    this.settings = settings;
    this.backend = backend;
    this.seed = seed;
    all = sequence.split().classes();
    full = settings.protocol().head() == Head.FULL ? Optional.of(drawn(all)) : Optional.empty();
  }

  /** A network with first values for the classes met in a task. */
  Network newNetwork(Task task) {
    int outputs = outputs(task);
    return full.map(network -> network.leading(outputs)).orElseGet(() -> drawn(outputs));
  }

  /** A network of its own that has learnt what another one has, with the outputs for a task. */
  Network grown(Network before, Task task) {
    if (full.isEmpty()) {
      return before.grow(outputs(task), seed);
    }
    Network grown = full.get().leading(outputs(task));
    grown.copyLeading(before);
    return grown;
  }

  private int outputs(Task task) {
    return settings.protocol().lossOver() == LossOver.ALL ? all : task.seenClasses();
  }

  private Network drawn(int classes) {
    Settings.Recipe recipe = settings.recipe();
    return Network.create(recipe.init().of(recipe.network().of(classes)), backend, seed);
  }
}
