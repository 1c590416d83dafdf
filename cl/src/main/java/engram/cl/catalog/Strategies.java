package engram.cl.catalog;

import engram.cl.memory.Replay;
import engram.cl.settings.Choice;
import engram.cl.settings.Settings;
import engram.cl.strategy.Rehearsal;
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
   * @param text {@code NAME[_PARAMETER=VALUE...][@MEMORY][+HEAD]}, see {@link StrategySpec}
   * @param imageBytes bytes of one image
   * @param classes number of classes in all tasks together
   * @throws IllegalArgumentException if there is no such strategy, listing those there are, or if
   *     it does not go with the settings
   */
  public static Strategy create(
      String text, Settings settings, long seed, int imageBytes, int classes) {
    StrategySpec spec = StrategySpec.parse(text);
    StrategyCatalog.Entry entry =
        find(spec.name()).orElseThrow(() -> Choice.unknown("strategy", spec.name(), NAMES));
    try {
      spec.requireFits(entry, settings.rehearsal().capacity().images());
      ScenarioFit.require(spec, settings.protocol().scenario());
      HyperParameters hyperParameters = entry.hyperParameters().with(spec.hyperParameters());
      StrategyContext context =
          new StrategyContext(settings, seed, imageBytes, classes, spec.memory(), hyperParameters);
      Strategy strategy = entry.factory().apply(context);
      replay(strategy, settings.rehearsal().replay());
      return spec.applyTo(strategy);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("strategy \"%s\": %s".formatted(spec, e.getMessage()), e);
    }
  }

  /** A strategy without a memory has nothing to replay, so that the settings do not concern it. */
  private static void replay(Strategy strategy, Replay replay) {
    if (strategy instanceof Rehearsal rehearsal) {
      rehearsal.replay(replay);
    } else if (strategy.memory().isPresent() && !replay.equals(Replay.OWN)) {
      throw new IllegalArgumentException(
          "it trains on its memory alone and replays nothing beside new images; give --replay own");
    }
  }

  /** Fails on a strategy that {@link #create} cannot make, before any is trained. */
  public static void require(Settings settings) {
    settings.strategies().forEach(name -> create(name, settings, settings.protocol().seed(), 1, 1));
  }

  /**
   * What a person should know who reads the results of a strategy; empty when they speak for
   * themselves, as with another head.
   */
  public static Optional<String> caution(String text) {
    StrategySpec spec = StrategySpec.parse(text);
    return spec.head().isPresent()
        ? Optional.empty()
        : find(spec.name()).flatMap(StrategyCatalog.Entry::caution);
  }

  /** What a strategy keeps beside the network that is trained. */
  public static String keeps(String text) {
    return find(StrategySpec.parse(text).name()).map(StrategyCatalog.Entry::memory).orElse("-");
  }

  private static Optional<StrategyCatalog.Entry> find(String name) {
    return StrategyCatalog.ENTRIES.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }
}
