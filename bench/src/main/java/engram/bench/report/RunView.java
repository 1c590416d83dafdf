package engram.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import engram.bench.protocol.AgreementTable;
import engram.bench.protocol.Protocol;
import engram.bench.record.Environment;
import engram.bench.record.RecordedFinding;
import engram.bench.record.RecordedRun;
import engram.bench.record.RecordedStrategy;
import engram.cl.experiment.RunEvent.StrategyDiverged;
import engram.cl.protocol.Protocols;
import engram.cl.result.StrategyRun;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the runs of a panel were made, as the first of them tells it.
 *
 * @param name what the page calls them
 * @param folders names of their folders
 * @param started days on which the first and the last of them began
 * @param command that made the first
 * @param quick whether it saw a few tracks of each class only
 * @param published figures beside ours, as lines; empty where the run follows no protocol
 * @param diverged lines that say which strategies are left out because their training diverged
 * @param findings of a doctor; empty where none watched
 * @param unfinished what is left to do of which folder
 * @param card of {@code card.yaml}
 * @param settings of {@code config.yaml}
 * @param environment of {@code env.json}
 */
public record RunView(
    String name,
    String folders,
    String started,
    String command,
    boolean quick,
    String published,
    List<String> diverged,
    Optional<List<RecordedFinding>> findings,
    List<Unfinished> unfinished,
    Map<String, String> card,
    Map<String, String> settings,
    Map<String, String> environment) {

  private static final Set<String> SHOWN_ELSEWHERE = Set.of("command", Environment.PEAK);

  /**
   * A run that is not done.
   *
   * @param left what is left to do, as a sentence
   * @param command that goes on with it
   */
  public record Unfinished(String left, String command) {
    static Optional<Unfinished> of(RecordedRun run) {
      return run.left().map(left -> new Unfinished(left, "engram run --resume " + run.folder()));
    }
  }

  /**
   * @param name what the page calls the panel
   * @throws IOException naming the file that is damaged
   */
  static RunView of(Panel panel, String name) throws IOException {
    RecordedRun run = panel.first();
    Map<String, String> settings = run.settings();
    Map<String, String> environment = new LinkedHashMap<>();
    run.environment().properties().stream()
        .filter(entry -> !SHOWN_ELSEWHERE.contains(entry.getKey()))
        .forEach(entry -> collect(entry.getKey(), entry.getValue(), environment));
    environment.keySet().removeIf(field -> field.startsWith("resumed"));
    return new RunView(
        name,
        panel.folders(),
        days(panel),
        command(run.environment().path("command")),
        "true".equals(settings.get("quick")),
        published(panel),
        diverged(panel),
        panel.findings(),
        panel.runs().stream().flatMap(part -> Unfinished.of(part).stream()).toList(),
        panel.card(),
        settings,
        environment);
  }

  /** Such as {@code 2026-11-30}, or {@code 2026-11-29 to 2026-11-30}; empty where none is told. */
  private static String days(Panel panel) {
    TreeSet<String> days = new TreeSet<>();
    for (RecordedRun run : panel.runs()) {
      String started = run.environment().path("started").asText();
      if (started.contains("T")) {
        days.add(started.substring(0, started.indexOf('T')));
      }
    }
    return days.stream()
        .filter(day -> day.equals(days.first()) || day.equals(days.last()))
        .collect(Collectors.joining(" to "));
  }

  /** A line for each strategy: of ten seeds, all tell the same. */
  private static List<String> diverged(Panel panel) {
    Map<String, List<StrategyDiverged>> byStrategy =
        panel.diverged().stream()
            .collect(
                Collectors.groupingBy(
                    StrategyDiverged::strategy, LinkedHashMap::new, Collectors.toList()));
    return byStrategy.values().stream()
        .map(
            all -> {
              String others =
                  all.stream().skip(1).map(d -> d.seed() + "").collect(Collectors.joining(", "));
              return others.isEmpty()
                  ? all.getFirst().toString()
                  : "%s (so did seeds: %s)".formatted(all.getFirst(), others);
            })
        .toList();
  }

  private static String published(Panel panel) {
    RecordedRun run = panel.first();
    String name = run.settings().getOrDefault("protocol", "none");
    if (!Protocols.NAMES.contains(name)) {
      return "";
    }
    Protocol protocol = Protocol.of(name);
    List<StrategyRun> runs = panel.strategies().stream().map(RecordedStrategy::run).toList();
    return AgreementTable.text(
        protocol, protocol.agreements(runs), protocol.deviations(run.settings()));
  }

  /** A setting; a dash where there is none. */
  String setting(String name) {
    return settings.getOrDefault(name, "-");
  }

  /** A field of the card; a dash where there is none. */
  public String field(String name) {
    return card.getOrDefault(name, "-");
  }

  private static void collect(String name, JsonNode value, Map<String, String> into) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(entry -> collect(name + " " + entry.getKey(), entry.getValue(), into));
    } else if (!value.isNull()) {
      into.put(name.replace('_', ' '), value.isArray() ? joined(value) : value.asText());
    }
  }

  private static String joined(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).collect(Collectors.joining(" "));
  }

  /** As it would be typed: arguments that a shell would cut are quoted. */
  private static String command(JsonNode arguments) {
    return arguments
        .valueStream()
        .map(JsonNode::asText)
        .map(a -> a.matches("[A-Za-z0-9_./:=,@%+-]+") ? a : "'" + a.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "engram ", ""));
  }
}
