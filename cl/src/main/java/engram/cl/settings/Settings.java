package engram.cl.settings;

import engram.nn.train.TrainingOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides what a run computes, apart from the data and the device. The same
 * settings give the same results, bit for bit.
 *
 * @param strategies names, in the order in which they run; see {@code engram.cl.catalog}
 */
public record Settings(
    List<String> strategies,
    Protocol protocol,
    Recipe recipe,
    Training training,
    Rehearsal rehearsal) {

  /**
   * Checks each value by its row of {@link Options}.
   *
   * @throws IllegalArgumentException naming the option, its value and the rule
   */
  public Settings(
      List<String> strategies,
      Protocol protocol,
      Recipe recipe,
      Training training,
      Rehearsal rehearsal) {
    this.strategies = List.copyOf(strategies);
    this.protocol = protocol;
    this.recipe = recipe;
    this.training = training;
    this.rehearsal = rehearsal;
    for (Option<Settings, ?> option : Options.ALL) {
      option.check(this);
    }
    requireOnce("epochs", training.epochs(), 1);
    requireOnce("pretraining-epochs", training.pretrainingEpochs(), 0);
  }

  private void requireOnce(String name, int epochs, int expected) {
    if (protocol.online() && epochs != expected) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d when online: each image is met once"
              .formatted(name, epochs, expected));
    }
  }

  /**
   * Settings that a person gave; the preset says the others.
   *
   * @param given texts by the names of {@link Options}
   * @param photographs whether the images are photographs: see {@link Preset#values}
   * @throws IllegalArgumentException naming an option that there is not, or the rule for its value
   */
  public static Settings of(Map<String, String> given, boolean photographs) {
    Values named = Values.of(given, Options.ALL);
    Map<String, String> texts = new HashMap<>(named.get(Options.PRESET).values(photographs));
    if (named.get(Options.ONLINE)) {
      texts.putAll(Map.of("epochs", "1", "pretraining-epochs", "0"));
    }
    texts.putAll(given);
    Values v = new Values(texts);
    return new Settings(
        v.get(Options.STRATEGY_NAMES),
        new Protocol(v),
        new Recipe(v),
        new Training(v),
        new Rehearsal(v));
  }

  /** How training steps are made. */
  public TrainingOptions trainingOptions() {
    TrainingOptions options = new TrainingOptions().withLabelSmoothing(recipe.labelSmoothing());
    return training.fusion() ? options : options.withoutFusion();
  }
}
