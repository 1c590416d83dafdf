package engram.bench.sweep;

import engram.bench.console.Version;
import engram.bench.file.ConfigFile;
import engram.bench.run.RunConfig;
import engram.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A plan with all its units. It is a value of its text alone: another program that is sent the text
 * and the hash of a unit, see {@link #unit}, carries out the same unit.
 *
 * @param name of its file, for messages
 * @param text of its file
 * @param settings each choice from the grid; all of them make sense as options
 * @param units each once, in the order of the plan: the last option of the grid varies slowest
 *     after seed and strategy
 */
public record SweepPlan(String name, String text, List<Setting> settings, List<SweepUnit> units) {
  private static final int MOST_UNITS = 100_000;

  /**
   * One choice from the grid.
   *
   * @param config of a run of all its strategies with the first seed
   * @param varied options of the grid with the values chosen
   * @param lines on which the plan says its options
   */
  public record Setting(
      RunConfig config, SequencedMap<String, String> varied, Map<String, Integer> lines) {}

  /**
   * Reads a file.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static SweepPlan read(Path file) throws IOException {
    return parse(String.valueOf(file), ConfigFile.text(file));
  }

  /**
   * The plan that a text says.
   *
   * @param name of its file
   * @throws IOException naming file, line and option, and the rule that is broken
   */
  public static SweepPlan parse(String name, String text) throws IOException {
    PlanFile plan = PlanFile.parse(name, text);
    long choices = 1;
    for (List<PlanFile.Value> values : plan.grid().values()) {
      choices = Math.min(MOST_UNITS + 1L, choices * values.size());
    }
    if (choices * plan.seeds().size() > MOST_UNITS) {
      throw new IOException(
          "%s: it has more than %d units: shorten the lists below  grid:"
              .formatted(name, MOST_UNITS));
    }
    List<Setting> settings = new ArrayList<>();
    SequencedMap<String, SweepUnit> units = new LinkedHashMap<>();
    for (SequencedMap<String, PlanFile.Value> choice : choices(plan)) {
      SequencedMap<String, String> varied = texts(choice);
      varied.keySet().retainAll(plan.grid().keySet());
      varied.remove("strategies"); // a unit names its strategy anyway
      Map<String, Integer> lines = new HashMap<>();
      choice.forEach((option, value) -> lines.put(option, value.line()));
      Setting setting = new Setting(resolve(name, choice, plan.seeds().getFirst()), varied, lines);
      settings.add(setting);
      // Two settings may come to the same, such as a preset and what it says.
      for (SweepUnit unit : units(setting, plan.seeds())) {
        units.putIfAbsent(unit.hash(), unit);
      }
    }
    return new SweepPlan(name, text, List.copyOf(settings), List.copyOf(units.values()));
  }

  /** How many threads there are for all that runs at once; a unit has its share of them. */
  public int threads() {
    return settings.getFirst().config().threads();
  }

  /**
   * The unit of a hash.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SweepUnit unit(String hash) {
    return units.stream()
        .filter(unit -> unit.hash().equals(hash))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: it has no unit %s; were its plug-ins or Engram changed?"
                        .formatted(name, hash)));
  }

  /** Of each option of the grid one value, below those of the base; the last varies fastest. */
  private static List<SequencedMap<String, PlanFile.Value>> choices(PlanFile plan) {
    List<SequencedMap<String, PlanFile.Value>> all = List.of(plan.base());
    for (Map.Entry<String, List<PlanFile.Value>> axis : plan.grid().entrySet()) {
      List<SequencedMap<String, PlanFile.Value>> longer = new ArrayList<>();
      for (SequencedMap<String, PlanFile.Value> chosen : all) {
        for (PlanFile.Value value : axis.getValue()) {
          SequencedMap<String, PlanFile.Value> with = new LinkedHashMap<>(chosen);
          with.put(axis.getKey(), value);
          longer.add(with);
        }
      }
      all = longer;
    }
    return all;
  }

  private static SequencedMap<String, String> texts(SequencedMap<String, PlanFile.Value> choice) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    choice.forEach((name, value) -> texts.put(name, value.text()));
    return texts;
  }

  private static RunConfig resolve(
      String name, SequencedMap<String, PlanFile.Value> choice, long seed) throws IOException {
    try {
      return config(choice, choice.size(), seed);
    } catch (IllegalArgumentException | DataException e) {
      throw PlanFile.wrong(name, lineOfMistake(choice, seed), String.valueOf(e.getMessage()));
    }
  }

  /** The options up to some number make sense, with the next one they do not: its line. */
  private static int lineOfMistake(SequencedMap<String, PlanFile.Value> choice, long seed) {
    List<PlanFile.Value> values = List.copyOf(choice.values());
    for (int first = values.size() - 1; first >= 0; first--) {
      try {
        config(choice, first, seed);
        return values.get(first).line();
      } catch (IllegalArgumentException | DataException e) {
        // An option further up is the one, or one of them.
      }
    }
    return 1;
  }

  private static RunConfig config(
      SequencedMap<String, PlanFile.Value> choice, int first, long seed) {
    SequencedMap<String, String> texts = texts(choice);
    List<String> names = List.copyOf(texts.keySet());
    texts.keySet().retainAll(names.subList(0, first));
    texts.put("seed", String.valueOf(seed));
    return RunConfig.of(texts);
  }

  private static List<SweepUnit> units(Setting setting, List<Long> seeds) throws IOException {
    Map<String, String> complete = setting.config().texts();
    UnitHash hash = new UnitHash(Version.text(), complete.getOrDefault("plugins", ""));
    List<SweepUnit> units = new ArrayList<>();
    for (String strategy : setting.config().settings().strategies()) {
      for (long seed : seeds) {
        TreeMap<String, String> texts = new TreeMap<>(complete);
        texts.remove("threads");
        texts.put("strategies", strategy);
        texts.put("seed", String.valueOf(seed));
        texts.put("seeds", "1");
        units.add(new SweepUnit(hash.of(texts), strategy, seed, setting.varied(), texts));
      }
    }
    return units;
  }
}
