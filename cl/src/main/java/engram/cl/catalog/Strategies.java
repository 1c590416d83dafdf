package engram.cl.catalog;

import engram.base.Excerpt;
import engram.cl.memory.Replay;
import engram.cl.settings.Choice;
import engram.cl.settings.Settings;
import engram.cl.strategy.Rehearsal;
import engram.cl.strategy.Strategy;
import engram.cl.task.TaskSplit;
import engram.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Strategies that can be named, and makes them from their names and the settings of a run.
 *
 * @param entries in the order in which they are listed
 */
public record Strategies(List<StrategyCatalog.Entry> entries) {
  /** Those of the catalogue. */
  public static final Strategies BUILT_IN = new Strategies(StrategyCatalog.ENTRIES);

  /** Names of the catalogue, as on the command line. */
  public static final List<String> NAMES = BUILT_IN.names();

  public Strategies {
    entries = List.copyOf(entries);
  }

  /**
   * These and one more.
   *
   * @throws IllegalArgumentException if its name is taken or cannot be written in a list of names
   */
  public Strategies with(StrategyCatalog.Entry entry) {
    String name = entry.name();
    if (names().contains(name)) {
      throw new IllegalArgumentException(
          "strategy \"%s\": there is one of this name; choose another".formatted(name));
    }
    if (!name.matches("[a-z0-9-]+") || name.equals("all")) {
      throw new IllegalArgumentException(
          "strategy \"%s\": expected a name of small letters, digits and hyphens".formatted(name));
    }
    if (!StrategySpec.MEMORIES.containsAll(entry.memories())) {
      throw new IllegalArgumentException(
          "strategy \"%s\": memories are %s; choose from %s"
              .formatted(name, entry.memories(), String.join(", ", StrategySpec.MEMORIES)));
    }
    List<StrategyCatalog.Entry> more = new ArrayList<>(entries);
    more.add(entry);
    return new Strategies(more);
  }

  /** All names. */
  public List<String> names() {
    return entries.stream().map(StrategyCatalog.Entry::name).toList();
  }

  /**
   * A strategy for one run.
   *
   * @param text {@code NAME[_PARAMETER=VALUE...][@MEMORY][+HEAD]}, see {@link StrategySpec}
   * @param imageBytes bytes of one image
   * @param classes number of classes in all tasks together
   * @throws IllegalArgumentException if there is no such strategy, listing those there are, or if
   *     it does not go with the settings
   */
  public Strategy create(String text, Settings settings, long seed, int imageBytes, int classes) {
    StrategySpec spec = StrategySpec.parse(text);
    StrategyCatalog.Entry entry =
        find(spec.name()).orElseThrow(() -> Choice.unknown("strategy", spec.name(), names()));
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
      throw new IllegalArgumentException(
          "strategy \"%s\": %s".formatted(Excerpt.of(spec), e.getMessage()), e);
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
  public void require(Settings settings) {
    settings.strategies().forEach(name -> create(name, settings, settings.protocol().seed(), 1, 1));
  }

  /** The same for the network that is to be trained, and the tasks that it is to learn. */
  public void require(Settings settings, Sequential model, TaskSplit tasks) {
    for (String name : settings.strategies()) {
      Strategy strategy = create(name, settings, settings.protocol().seed(), 1, tasks.classes());
      try {
        strategy.requireFits(model, tasks);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "strategy \"%s\": %s".formatted(Excerpt.of(name), e.getMessage()), e);
      }
    }
  }

  /**
   * What a person should know who reads the results of a strategy; empty when they speak for
   * themselves, as with another head.
   */
  public Optional<String> caution(String text) {
    StrategySpec spec = StrategySpec.parse(text);
    return spec.head().isPresent()
        ? Optional.empty()
        : find(spec.name()).flatMap(StrategyCatalog.Entry::caution);
  }

  /** How a strategy chooses the images that it keeps; empty if it keeps none. */
  public Optional<String> selection(String text) {
    StrategySpec spec = StrategySpec.parse(text);
    return find(spec.name())
        .flatMap(entry -> spec.memory().or(() -> entry.memories().stream().findFirst()));
  }

  /** What a strategy keeps beside the network that is trained. */
  public String keeps(String text) {
    return find(StrategySpec.parse(text).name()).map(StrategyCatalog.Entry::memory).orElse("-");
  }

  private Optional<StrategyCatalog.Entry> find(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }
}
