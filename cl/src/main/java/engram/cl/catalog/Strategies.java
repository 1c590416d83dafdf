package engram.cl.catalog;

import engram.cl.settings.Settings;
import engram.cl.strategy.Strategy;
import java.util.List;
import java.util.Optional;

/** Makes strategies from their names and the settings of a run. */
public final class Strategies {
  /** All names, as on the command line. */
  public static final List<String> NAMES =
      StrategyCatalog.ENTRIES.stream().map(StrategyCatalog.Entry::name).toList();

  private Strategies() {}

  /**
   * A strategy for one run.
   *
   * @param variant {@code NAME[_NUMBER=VALUE...][@MEMORY][+HEAD]}, see {@link StrategySpec}
   * @param imageBytes bytes of one image
   * @param classes number of classes in all tasks together
   * @throws IllegalArgumentException if there is no such strategy, listing those there are, or if
   *     it does not go with the settings
   */
  public static Strategy create(
      String variant, Settings settings, long seed, int imageBytes, int classes) {
    StrategySpec parsed = StrategySpec.parse(variant);
    StrategyCatalog.Entry entry = entry(parsed.name());
    parsed.requireFits(entry, settings.buffer());
    try {
      HyperParameters numbers = parsed.numbers(entry.numbers());
      StrategyContext ingredients =
          new StrategyContext(settings, seed, imageBytes, classes, parsed.memory(), numbers);
      return parsed.applyTo(entry.factory().create(ingredients));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "strategy \"%s\": %s".formatted(parsed, e.getMessage()), e);
    }
  }

  /** Fails on a strategy that {@link #create} cannot make, before any is trained. */
  public static void require(Settings settings) {
    settings.strategies().forEach(name -> create(name, settings, settings.seed(), 1, 1));
  }

  /**
   * What a person should know who reads the results of a strategy; empty when they speak for
   * themselves, as with another head.
   */
  public static Optional<String> caution(String variant) {
    StrategySpec parsed = StrategySpec.parse(variant);
    return parsed.head().isPresent()
        ? Optional.empty()
        : find(parsed.name()).flatMap(StrategyCatalog.Entry::caution);
  }

  /** What a strategy keeps beside the network that is trained. */
  public static String keeps(String variant) {
    return find(StrategySpec.parse(variant).name()).map(StrategyCatalog.Entry::memory).orElse("-");
  }

  private static Optional<StrategyCatalog.Entry> find(String name) {
    return StrategyCatalog.ENTRIES.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  private static StrategyCatalog.Entry entry(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no strategy \"%s\"; choose from %s"
                        .formatted(name, String.join(", ", NAMES))));
  }
}
