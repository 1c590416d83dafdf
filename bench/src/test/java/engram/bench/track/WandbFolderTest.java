package engram.bench.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WandbFolderTest {
  private static final int HISTORY = 2;
  private static final int SUMMARY = 3;
  private static final int CONFIG = 5;
  private static final int FILES = 6;
  private static final int ARTIFACT = 8;
  private static final int METRIC = 12;
  private static final int RUN = 17;
  private static final int EXIT = 18;
  private static final int FINAL = 20;
  private static final int HEADER = 21;
  private static final int FOOTER = 22;

  @TempDir Path temp;

  private WandbFolder tracker(TrackedRun run) throws IOException {
    return new WandbFolder(temp, new WandbProject(Optional.of("team"), "signs"), run);
  }

  private List<Wire> records() throws IOException {
    return Decoders.wandb(Decoders.only(temp, ".wandb")).stream().map(Wire::read).toList();
  }

  private List<Wire> ofKind(int kind) throws IOException {
    return records().stream().filter(r -> r.has(kind)).map(r -> r.message(kind)).toList();
  }

  @Test
  void recordsAreNumberedAndInTheOrderThatSyncExpects() throws IOException {
    Samples.send(this::tracker);
    List<Integer> kinds = new ArrayList<>();
    for (int i = 0; i < records().size(); i++) {
      assertEquals(i + 1, records().get(i).integer(1));
      assertEquals(2, records().get(i).fields().size());
      kinds.add(records().get(i).fields().getLast().number());
    }
    assertEquals(
        List.of(
            HEADER, RUN, CONFIG, METRIC, METRIC, HISTORY, HISTORY, METRIC, HISTORY, METRIC, HISTORY,
            FILES, FILES, ARTIFACT, SUMMARY, EXIT, FINAL, FOOTER),
        kinds);
  }

  @Test
  void folderAndFileAreNamedAsSyncLooksForThem() throws IOException {
    Samples.send(this::tracker);
    Path file = Decoders.only(temp, ".wandb");
    assertEquals("run-ab12cd34.wandb", file.getFileName().toString());
    String folder = file.getParent().getFileName().toString();
    assertTrue(folder.matches("offline-run-20260304_\\d{6}-ab12cd34"), folder);
  }

  @Test
  void theRunSaysWhoseItIs() throws IOException {
    Samples.send(this::tracker);
    Wire run = ofKind(RUN).getFirst();
    assertEquals("ab12cd34", run.text(1));
    assertEquals("team", run.text(2));
    assertEquals("signs", run.text(3));
    assertEquals("run7", run.text(6));
    assertEquals("er", run.text(7));
    assertEquals("er_seed1", run.text(8));
    assertEquals(1772600767, run.message(17).integer(1)); // 2026-03-04T05:06:07Z
    assertEquals("box", run.text(13));
    assertEquals("0123abcd", run.message(21).text(2));
    assertEquals("0.12.0", ofKind(HEADER).getFirst().message(1).text(2));
  }

  /** As define_metric does, else W&B draws figures over the number of their row. */
  @Test
  void everyFigureIsDrawnOverTheEpochAndDefinedBeforeItsFirstRow() throws IOException {
    Samples.send(this::tracker);
    List<Wire> metrics = ofKind(METRIC);
    assertEquals(
        List.of("epoch", "train/ce", "test/accuracy", "confusion"),
        metrics.stream().map(metric -> metric.text(1)).toList());
    assertFalse(metrics.getFirst().has(4), "the epoch is drawn over nothing");
    for (Wire metric : metrics.subList(1, 4)) {
      assertEquals("epoch", metric.text(4));
      assertEquals(1, metric.message(6).integer(1), "step_sync");
    }
  }

  @Test
  void theReportIsAnArtifactAndAFileOfTheRunForAFolderThatWasMoved() throws IOException {
    Samples.send(this::tracker);
    assertEquals("report.html", ofKind(FILES).getLast().message(1).text(1));
    Path page = Decoders.only(temp, "report.html");
    assertTrue(page.endsWith(Path.of("files", "report.html")));
    Wire artifact = ofKind(ARTIFACT).getFirst();
    assertEquals("ab12cd34", artifact.text(1));
    assertEquals("signs", artifact.text(2));
    assertEquals("team", artifact.text(3));
    assertEquals("report", artifact.text(4));
    assertEquals("report-run7", artifact.text(5));
    assertEquals("61e0df012fa4c339df5e269583583f93", artifact.text(6));
    assertEquals(2, artifact.all(11).size());
    assertEquals(1, artifact.integer(14));
    assertEquals(128, artifact.text(15).length());
    Wire manifest = artifact.message(12);
    assertEquals(1, manifest.integer(1));
    assertEquals("wandb-storage-policy-v1", manifest.text(2));
    assertEquals("storageLayout", manifest.message(3).text(1));
    assertEquals("\"V2\"", manifest.message(3).text(2));
    assertEquals("report.html", manifest.message(4).text(1));
    assertEquals("9FRR9NB8ofW6ue0njogMXw==", manifest.message(4).text(2));
    assertEquals(Samples.PAGE.length, manifest.message(4).integer(4));
    assertEquals(page.toAbsolutePath().toString(), manifest.message(4).text(6));
  }

  @Test
  void configAndSummaryHoldJson() throws IOException {
    Samples.send(this::tracker);
    Map<String, JsonNode> config = items(ofKind(CONFIG).getFirst());
    assertEquals(200, config.get("buffer").intValue());
    assertEquals("er", config.get("strategy").textValue());
    Map<String, JsonNode> summary = items(ofKind(SUMMARY).getFirst());
    assertEquals(0.25, summary.get("train/ce").doubleValue());
    assertEquals(91.5, summary.get("test/accuracy").doubleValue());
    assertEquals(3, summary.get("_step").intValue());
  }

  @Test
  void rowsCountUpAndKnowTheirTime() throws IOException {
    Samples.send(this::tracker);
    List<Wire> history = ofKind(HISTORY);
    for (int i = 0; i < history.size(); i++) {
      assertEquals(i, history.get(i).message(2).integer(1));
      assertEquals(i, items(history.get(i)).get("_step").intValue());
    }
    Map<String, JsonNode> second = items(history.get(1));
    assertEquals(0.25, second.get("train/ce").doubleValue());
    assertEquals(2, second.get("epoch").intValue());
    assertEquals(20, second.get("_runtime").doubleValue());
    assertEquals(1772600787.0, second.get("_timestamp").doubleValue());
  }

  @Test
  void pictureLiesWhereItsRowSays() throws IOException {
    Samples.send(this::tracker);
    JsonNode picture = items(ofKind(HISTORY).get(3)).get("confusion");
    assertEquals("image-file", picture.path("_type").textValue());
    assertEquals(5, picture.path("width").intValue());
    assertEquals(3, picture.path("height").intValue());
    String path = picture.path("path").textValue();
    assertEquals(path, ofKind(FILES).getFirst().message(1).text(1));
    Path file = Decoders.only(temp, ".png");
    assertTrue(file.endsWith(Path.of("files", path)), file.toString());
    assertEquals(5, ImageIO.read(file.toFile()).getWidth());
  }

  @Test
  void anInterruptedRunEndsWithTheExitCodeOfCtrlC() throws IOException {
    WandbFolder tracker = tracker(Samples.run());
    tracker.finish(Outcome.INTERRUPTED);
    assertEquals(130, ofKind(EXIT).getFirst().integer(1));
  }

  @Test
  void aRunThatCrashedCanBeReadAndHasNoExit() throws IOException {
    WandbFolder tracker = tracker(Samples.run());
    tracker.scalars(Samples.after(1, 10), Map.of("train/ce", 0.5));
    assertEquals(1, ofKind(HISTORY).size());
    assertFalse(records().stream().anyMatch(r -> r.has(EXIT)));
  }

  private static Map<String, JsonNode> items(Wire record) throws IOException {
    Map<String, JsonNode> items = new HashMap<>();
    for (Wire item : record.messages(1)) {
      items.put(item.text(1), new ObjectMapper().readTree(item.text(16)));
    }
    return items;
  }
}
