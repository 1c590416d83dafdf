package engram.bench.sweep;

import engram.bench.file.ConfigFile;
import engram.bench.file.YamlLines;
import engram.bench.run.RunOptions;
import engram.cl.settings.Choice;
import engram.cl.settings.Option;
import engram.cl.settings.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What stands in a plan, each value known to be one that its option may have; {@link SweepPlan}
 * makes units of it.
 *
 * @param base options of all units
 * @param grid options that vary, with their values
 * @param seeds at least one, none twice
 */
record PlanFile(
    String name,
    SequencedMap<String, Value> base,
    SequencedMap<String, List<Value>> grid,
    List<Long> seeds) {
  private static final List<String> PARTS = List.of("base", "grid", "seeds");

  /**
   * A value and where it stands.
   *
   * @param line from 1
   */
  record Value(String text, int line) {}

  /** {@code plan.yaml, line 3: ...}. */
  static IOException wrong(String name, int line, String what) {
    return new IOException("%s, line %d: %s".formatted(name, line, what));
  }

  /**
   * Reads a plan.
   *
   * @param name of the file, for messages
   * @throws IOException naming file, line and option
   */
  static PlanFile parse(String name, String text) throws IOException {
    Map<String, Object> parts = ConfigFile.parse(name, text);
    YamlLines lines = new YamlLines(text);
    for (String part : parts.keySet()) {
      if (!PARTS.contains(part)) {
        String what =
            RunOptions.names().contains(RunOptions.nameOfToday(part))
                ? "%s is an option of run: put it below  base:  or, with a list of values,  grid:"
                    .formatted(part)
                : String.valueOf(Choice.unknown("part of a plan", part, PARTS).getMessage());
        throw wrong(name, lines.of(part), what);
      }
    }
    if (!parts.containsKey("base") && !parts.containsKey("grid")) {
      throw wrong(name, 1, "a plan says what to run below  base:  or  grid:  , see bench/SWEEP.md");
    }
    return new Reader(name, lines).read(parts);
  }

  private record Reader(String name, YamlLines lines) {

    PlanFile read(Map<String, Object> parts) throws IOException {
      SequencedMap<String, Value> base = new LinkedHashMap<>();
      for (Map.Entry<?, ?> option : map(parts, "base").entrySet()) {
        String same = optionName("base", option.getKey());
        put(base, "base", same, value(same, option.getValue(), "base", option.getKey()));
      }
      SequencedMap<String, List<Value>> grid = new LinkedHashMap<>();
      for (Map.Entry<?, ?> option : map(parts, "grid").entrySet()) {
        String varied = optionName("grid", option.getKey());
        put(grid, "grid", varied, values(varied, option.getKey(), option.getValue()));
        if (base.containsKey(varied)) {
          throw wrong(
              name,
              lines.of("grid", option.getKey()),
              "%s stands below  base:  , too: leave one out".formatted(varied));
        }
      }
      List<Long> seeds =
          parts.containsKey("seeds")
              ? Seeds.parse(parts.get("seeds"), what -> wrong(name, lines.of("seeds"), what))
              : List.of(1L);
      return new PlanFile(name, base, grid, seeds);
    }

    private Map<?, ?> map(Map<String, Object> parts, String part) throws IOException {
      Object value = parts.getOrDefault(part, Map.of());
      if (value instanceof Map<?, ?> options) {
        return options;
      }
      throw wrong(
          name, lines.of(part), part + ": expected options below it, such as    buffer: 200");
    }

    /** The name of today of an option that stands below {@code part}. */
    private String optionName(String part, Object key) throws IOException {
      String option = RunOptions.nameOfToday(String.valueOf(key));
      Optional<String> wrong =
          switch (option) {
            case "seed", "seeds" ->
                Optional.of(option + ": seeds stand beside  base:  , as  seeds: 1..10");
            case "config", "out", "overwrite", "track" ->
                Optional.of(option + " is no part of a plan: give it on the command line");
            default -> {
              if (option.equals("threads") && part.equals("grid")) {
                yield Optional.of("threads decides no result: put it below  base:");
              }
              yield RunOptions.names().contains(option)
                  ? Optional.empty()
                  : Optional.ofNullable(
                      Choice.unknown("option", option, RunOptions.names()).getMessage());
            }
          };
      if (wrong.isPresent()) {
        throw wrong(name, lines.of(part, key), wrong.get());
      }
      return option;
    }

    private <T> void put(SequencedMap<String, T> options, String part, String option, T value)
        throws IOException {
      if (options.put(option, value) != null) {
        throw wrong(
            name, lines.of(part), "%s is given twice, once by an older name".formatted(option));
      }
    }

    private List<Value> values(String option, Object key, Object given) throws IOException {
      if (!(given instanceof List<?> list) || list.isEmpty()) {
        throw wrong(
            name,
            lines.of("grid", key),
            "%s: expected a list of values, such as [200, 500]".formatted(option));
      }
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        Value value = value(option, list.get(i), "grid", key, i);
        if (values.stream().anyMatch(other -> other.text().equals(value.text()))) {
          throw wrong(name, value.line(), "%s: %s is given twice".formatted(option, value.text()));
        }
        values.add(value);
      }
      return values;
    }

    private Value value(String option, Object given, Object... path) throws IOException {
      int line = lines.of(path);
      if (given == null || given instanceof Map) {
        throw wrong(name, line, "%s has no value; give one or remove it".formatted(option));
      }
      String text = Option.text(given);
      try {
        new Values(Map.of(option, text)).get(RunOptions.named(option));
      } catch (IllegalArgumentException e) {
        throw wrong(name, line, String.valueOf(e.getMessage()));
      }
      return new Value(text, line);
    }
  }
}
