package engram.cl.experiment;

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
   * @param variant {@code NAME[@MEMORY][+HEAD]}, see {@link Variant}
   * @param imageBytes bytes of one image
   * @throws IllegalArgumentException if there is no such strategy, listing those there are
   */
  public static Strategy create(String variant, Settings settings, long seed, int imageBytes) {
    Variant parsed = Variant.parse(variant);
    Ingredients ingredients = new Ingredients(settings, seed, imageBytes, parsed.memory());
    Strategy strategy = entry(parsed.name()).factory().create(ingredients);
    return parsed.applyTo(strategy);
  }

  /** Fails on a name that {@link #create} does not know. */
  public static void require(String variant) {
    Variant parsed = Variant.parse(variant);
    parsed.requireFits(entry(parsed.name()));
  }

  /**
   * What a person should know who reads the results of a strategy; empty when they speak for
   * themselves, as with another head.
   */
  public static Optional<String> caution(String variant) {
    return find(variant).flatMap(StrategyCatalog.Entry::caution);
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
