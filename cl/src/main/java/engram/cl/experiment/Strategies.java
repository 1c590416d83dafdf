package engram.cl.experiment;

import engram.cl.memory.AppendAndCutBuffer;
import engram.cl.memory.BalancedReservoir;
import engram.cl.strategy.FineTune;
import engram.cl.strategy.Joint;
import engram.cl.strategy.RehearsalKd;
import engram.cl.strategy.Strategy;
import engram.cl.stream.Batches;
import engram.cl.task.Task;
import engram.random.CounterRandom;
import java.util.List;

/** Makes strategies from their names and the settings of a run. */
public final class Strategies {
  /** All names, as on the command line. */
  public static final List<String> NAMES = List.of("fine-tune", "rehearsal-kd", "joint");

  private Strategies() {}

  /**
   * A strategy for one run.
   *
   * @param imageBytes bytes of one image
   * @throws IllegalArgumentException if there is none of this name, listing those there are
   */
  public static Strategy create(String name, Settings settings, long seed, int imageBytes) {
    return switch (name) {
      case "fine-tune" -> new FineTune();
      case "joint" -> new Joint();
      case "rehearsal-kd" -> rehearsalKd(settings, seed, imageBytes);
      default -> throw unknown(name);
    };
  }

  /** Fails on a name that {@link #create} does not know. */
  public static void require(String name) {
    if (!NAMES.contains(name)) {
      throw unknown(name);
    }
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "there is no strategy \"%s\"; choose from %s".formatted(name, String.join(", ", NAMES)));
  }

  private static Strategy rehearsalKd(Settings settings, long seed, int imageBytes) {
    boolean pretrained = settings.pretrainingEpochs() > 0;
    return switch (settings.preset()) {
      case DEFAULT ->
          new RehearsalKd(
              settings.alpha(),
              settings.temperature(),
              new BalancedReservoir(
                  settings.buffer(), imageBytes, CounterRandom.of(seed, "reservoir")),
              Task::train,
              pretrained);
      case SEED ->
          new RehearsalKd(
              settings.alpha(),
              settings.temperature(),
              new AppendAndCutBuffer(settings.buffer(), imageBytes),
              task ->
                  Batches.shuffled(task.train(), settings.batch(), seed, task.index(), 0)
                      .examples(0),
              pretrained);
    };
  }
}
