package engram.bench.protocol;

import engram.bench.file.ConfigFile;
import engram.cl.metrics.Estimate;
import engram.cl.protocol.Agreement;
import engram.cl.protocol.Protocols;
import engram.cl.protocol.PublishedResult;
import engram.cl.result.StrategyRun;
import engram.cl.settings.Option;
import engram.cl.settings.Options;
import engram.cl.settings.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A published protocol: how it is run here, and what others reached by it.
 *
 * @param name as {@code --protocol} takes it
 * @param title what it is, in a line
 * @param source paper, table and code
 * @param data name of the data set, without a path
 * @param settings texts of options by their names, what is run with how many seeds among them
 * @param published figures, each the accuracy after the last task, mean over tasks
 * @param note what differs from the source and what to know; may be empty
 */
public record Protocol(
    String name,
    String title,
    String source,
    String data,
    Map<String, String> settings,
    List<PublishedResult> published,
    String note) {

  /** Options that do not make a run another protocol; data are compared without their path. */
  private static final Set<String> BESIDE =
      Set.of("strategies", "seed", "seeds", "data", "no-fusion");

  /** Options of where images come from, which the table of {@link Options} does not have. */
  private static final Map<String, String> OF_DATA =
      Map.ofEntries(
          Map.entry("side", "0"),
          Map.entry("pad", "0"),
          Map.entry("crop", "false"),
          Map.entry("quick", "false"),
          Map.entry("validate", "false"),
          Map.entry("skip-bad", "false"));

  /**
   * The protocol of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Protocol of(String name) {
    try {
      return read(name, ConfigFile.parse(name + ".yaml", Protocols.text(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static Protocol read(String name, Map<String, Object> file) {
    Map<String, String> settings = new LinkedHashMap<>();
    map(name, file, "settings").forEach((key, value) -> settings.put(key, Option.text(value)));
    boolean deviation = text(name, file, "error").equals("deviation");
    int runs = Integer.parseInt(text(name, file, "runs"));
    List<PublishedResult> published = new ArrayList<>();
    for (Object one : list(name, file, "published")) {
      Map<String, Object> row = new LinkedHashMap<>();
      ((Map<?, ?>) one).forEach((key, value) -> row.put(String.valueOf(key), value));
      published.add(
          new PublishedResult(
              text(name, row, "strategy"),
              Double.parseDouble(text(name, row, "accuracy")),
              row.containsKey("error")
                  ? OptionalDouble.of(Double.parseDouble(text(name, row, "error")))
                  : OptionalDouble.empty(),
              deviation,
              runs,
              text(name, row, "read")));
    }
    settings.put("data", text(name, file, "data"));
    settings.put("seeds", text(name, file, "seeds"));
    settings.put(
        "strategies",
        published.stream().map(PublishedResult::strategy).collect(Collectors.joining(",")));
    return new Protocol(
        name,
        text(name, file, "title"),
        text(name, file, "source"),
        text(name, file, "data"),
        settings,
        List.copyOf(published),
        file.containsKey("note") ? text(name, file, "note") : "");
  }

  private static Object entry(String name, Map<String, ?> file, String key) {
    Object value = file.get(key);
    if (value == null) {
      throw new IllegalStateException("protocol %s has no %s".formatted(name, key));
    }
    return value;
  }

  private static String text(String name, Map<String, ?> file, String key) {
    return String.valueOf(entry(name, file, key)).strip();
  }

  private static Map<String, Object> map(String name, Map<String, ?> file, String key) {
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) entry(name, file, key)).forEach((k, v) -> map.put(String.valueOf(k), v));
    return map;
  }

  private static List<?> list(String name, Map<String, ?> file, String key) {
    return (List<?>) entry(name, file, key);
  }

  /**
   * Settings in which a run is not this protocol, as {@code name: value, not value}: those that it
   * gives, and those that it leaves as usual.
   *
   * @param config all options of the run, as texts
   */
  public List<String> deviations(Map<String, String> config) {
    List<String> found = new ArrayList<>();
    String runData = config.getOrDefault("data", "").replaceFirst(":.*", "");
    if (!runData.equals(data)) {
      found.add("data: %s, not %s".formatted(runData, data));
    }
    expected()
        .forEach(
            (key, value) -> {
              String run = config.getOrDefault(key, value);
              if (!BESIDE.contains(key) && !same(run, value)) {
                found.add("%s: %s, not %s".formatted(key, run, value));
              }
            });
    return found;
  }

  /**
   * {@code hsu-mnist-class}; where a run deviates {@code hsu-mnist-class, but lr: 1, not 0.001}.
   */
  public String nameOf(Map<String, String> config) {
    List<String> deviations = deviations(config);
    return deviations.isEmpty()
        ? name
        : "%s, but %s".formatted(name, String.join("; ", deviations));
  }

  /** Every option that a run of it has: what it does not say is as usual. */
  private SequencedMap<String, String> expected() {
    SequencedMap<String, String> expected = new LinkedHashMap<>();
    OF_DATA.keySet().stream()
        .sorted()
        .forEach(key -> expected.put(key, settings.getOrDefault(key, OF_DATA.get(key))));
    Map<String, String> ofTable = new HashMap<>(settings);
    ofTable.keySet().removeAll(OF_DATA.keySet());
    ofTable.remove("data");
    Values.of(ofTable, Options.ALL, false)
        .plain(Options.ALL)
        .forEach((key, value) -> expected.put(key, settings.getOrDefault(key, Option.text(value))));
    return expected;
  }

  /** Numbers may be written in several ways. */
  private static boolean same(String a, String b) {
    try {
      return Float.parseFloat(a) == Float.parseFloat(b);
    } catch (NumberFormatException e) {
      return a.equals(b);
    }
  }

  /**
   * Ours beside each figure that one of the runs is of.
   *
   * @param runs that have done all their tasks
   */
  public List<Agreement> agreements(List<StrategyRun> runs) {
    List<Agreement> agreements = new ArrayList<>();
    for (PublishedResult result : published) {
      double[] ours =
          runs.stream()
              .filter(run -> run.strategy().equals(result.strategy()))
              .mapToDouble(run -> run.tasks().getLast().taskMeanAccuracy())
              .toArray();
      if (ours.length > 0) {
        agreements.add(new Agreement(result, Estimate.of(ours)));
      }
    }
    return agreements;
  }
}
