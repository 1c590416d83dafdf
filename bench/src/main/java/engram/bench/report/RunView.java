package engram.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import engram.bench.protocol.AgreementTable;
import engram.bench.protocol.Protocol;
import engram.bench.record.RecordedRun;
import engram.bench.record.RecordedStrategy;
import engram.bench.record.RunFiles;
import engram.cl.protocol.Protocols;
import engram.cl.result.StrategyRun;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Map<String, String> card,
    Map<String, String> settings,
    Map<String, String> environment) {

  /**
   * @param name what the page calls the panel
   */
  static RunView of(Panel panel, String name) throws IOException {
    RecordedRun run = panel.first();
    Map<String, String> settings = run.settings();
    try {
      JsonNode json = new ObjectMapper().readTree(run.environment());
      Map<String, String> environment = new LinkedHashMap<>();
      json.properties().forEach(entry -> collect(entry.getKey(), entry.getValue(), environment));
      environment.remove("command");
      environment.keySet().removeIf(field -> field.startsWith("resumed"));
      return new RunView(
          name,
          panel.folders(),
          days(panel),
          command(json.path("command")),
          "true".equals(settings.get("quick")),
          published(panel),
          panel.card(),
          settings,
          environment);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is no JSON: %s"
              .formatted(run.folder().resolve(RunFiles.ENVIRONMENT), e.getOriginalMessage()),
          e);
    }
  }

  /** Such as {@code 2026-11-30}, or {@code 2026-11-29 to 2026-11-30}; empty where none is told. */
  private static String days(Panel panel) throws IOException {
    TreeSet<String> days = new TreeSet<>();
    for (RecordedRun run : panel.runs()) {
      String started = new ObjectMapper().readTree(run.environment()).path("started").asText();
      if (started.contains("T")) {
        days.add(started.substring(0, started.indexOf('T')));
      }
    }
    return days.stream()
        .filter(day -> day.equals(days.first()) || day.equals(days.last()))
        .collect(Collectors.joining(" to "));
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
