package engram.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.base.WholeFile;
import engram.bench.record.PooledResults;
import engram.bench.record.RecordedRun;
import engram.bench.record.RecordedStrategy;
import engram.bench.record.RunFiles;
import engram.bench.record.SummaryJson;
import engram.cl.result.StrategyRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tables of a folder that holds many runs, beside its page. */
final class PooledFiles {
  private PooledFiles() {}

  /**
   * Writes {@link RunFiles#RESULTS} and {@link RunFiles#SUMMARY}.
   *
   * @param left folders whose runs are not in the panels, with the reason
   */
  static void write(Path folder, List<Panel> panels, Map<Path, String> left) throws IOException {
    PooledResults results = new PooledResults(Panel.differentSettings(panels));
    for (Panel panel : panels) {
      for (RecordedRun run : panel.runs()) {
        results.add(name(folder, run.folder()), run);
      }
    }
    WholeFile.write(folder.resolve(RunFiles.RESULTS), results.table());
    String json =
        new ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(summary(folder, panels, left));
    byte[] text = (json + "\n").getBytes(StandardCharsets.UTF_8);
    WholeFile.write(folder.resolve(RunFiles.SUMMARY), out -> out.write(text));
  }

  /** A group for each panel; what tells them apart stands before and in them. */
  private static ObjectNode summary(Path folder, List<Panel> panels, Map<Path, String> left)
      throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(
        "pooled",
        "Runs of a group differ in seeds and strategies only. Between groups the fields and"
            + " settings below differ; where measured differs, too, accuracies are not of the same"
            + " images and tasks and do not compare.");
    Panel.differentFields(panels).forEach(json.putArray("different_card_fields")::add);
    Panel.differentSettings(panels).forEach(json.putArray("different_settings")::add);
    List<String> labels = Panel.labels(panels);
    for (int i = 0; i < panels.size(); i++) {
      Panel panel = panels.get(i);
      ObjectNode group = json.withArray("groups").addObject();
      group.put("name", labels.get(i));
      panel.runs().forEach(run -> group.withArray("runs").add(name(folder, run.folder())));
      panel.measured().forEach(group.putObject("measured")::put);
      panel.card().forEach(group.putObject("card")::put);
      List<StrategyRun> runs = panel.strategies().stream().map(RecordedStrategy::run).toList();
      boolean unfinished = panel.strategies().stream().anyMatch(s -> s.tasks() < s.split().tasks());
      double seconds = runs.stream().mapToDouble(StrategyRun::seconds).sum();
      group.set(
          "summary",
          SummaryJson.toJson(runs, panel.diverged(), panel.findings(), seconds, unfinished));
    }
    ObjectNode others = json.putObject("left_out");
    new TreeMap<>(left).forEach((path, why) -> others.put(name(folder, path), why));
    return json;
  }

  /** The path in the folder, with slashes; its own name where the run lies elsewhere. */
  private static String name(Path folder, Path run) {
    Path base = folder.toAbsolutePath().normalize();
    Path whole = run.toAbsolutePath().normalize();
    return whole.startsWith(base)
        ? base.relativize(whole).toString().replace('\\', '/')
        : whole.toString();
  }
}
