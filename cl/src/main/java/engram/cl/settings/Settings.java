package engram.cl.settings;

import engram.nn.train.TrainingOptions;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides what a run computes, apart from the data and the device. The same
 * settings give the same results, bit for bit. What each part of its parts means, and which values
 * it may have, is said by its row of {@link Options}.
 *
 * @param strategies names, in the order in which they run; see {@code engram.cl.catalog}
 */
public record Settings(
    List<String> strategies,
    Protocol protocol,
    Recipe recipe,
    Training training,
    Rehearsal rehearsal) {

  public Settings {
    strategies = List.copyOf(strategies);
    requireOnce(protocol, "epochs", training.epochs(), 1);
    requireOnce(protocol, "pretraining-epochs", training.pretrainingEpochs(), 0);
  }

  private static void requireOnce(Protocol protocol, String name, int epochs, int expected) {
    if (protocol.online() && epochs != expected) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d when online: each image is met once"
              .formatted(name, epochs, expected));
    }
  }

  /**
   * Settings of the values of options.
   *
   * @throws IllegalArgumentException naming the option, its value and the rule
   */
  public Settings(Values v) {
    this(
        v.get(Options.STRATEGY_NAMES),
        new Protocol(v),
        new Recipe(v),
        new Training(v),
        new Rehearsal(v));
  }

  /** Settings that a person gave; the preset says the others: see {@link Values#of}. */
  public static Settings of(Map<String, String> given, boolean photographs) {
    return new Settings(Values.of(given, Options.ALL, photographs));
  }

  /** How training steps are made. */
  public TrainingOptions trainingOptions() {
    TrainingOptions options = new TrainingOptions().withLabelSmoothing(recipe.labelSmoothing());
    return training.fusion() ? options : options.withoutFusion();
  }
}
