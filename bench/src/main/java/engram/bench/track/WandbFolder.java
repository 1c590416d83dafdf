package engram.bench.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.bench.record.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * W&B offline: for each run a folder that {@code wandb sync} uploads. A run that never finishes, as
 * after a crash, has no exit record, and W&B shows it as failed.
 */
final class WandbFolder implements Tracker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter FOLDER_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);

  // Fields of wandb_internal.Record, and of the records in it.
  private static final int NUMBER = 1;
  private static final int HISTORY = 2;
  private static final int SUMMARY = 3;
  private static final int CONFIG = 5;
  private static final int FILES = 6;
  private static final int RUN = 17;
  private static final int EXIT = 18;
  private static final int FINAL = 20;
  private static final int HEADER = 21;
  private static final int FOOTER = 22;
  private static final int UPDATE = 1;
  private static final int ITEM = 1;
  private static final int KEY = 1;
  private static final int VALUE_JSON = 16;
  private static final int STEP = 2;

  private final Path folder;
  private final WandbProject project;
  private Optional<Open> open = Optional.empty();

  /** The run under way. */
  private static final class Open {
    final Path folder;
    final WandbLog log;
    final WandbRows rows;
    final Instant started;
    long records;

    Open(Path folder, WandbLog log, Instant started) {
      this.folder = folder;
      this.log = log;
      this.started = started;
      rows = new WandbRows(started);
    }
  }

  /**
   * @param folder created when the first run begins
   */
  WandbFolder(Path folder, WandbProject project) {
    this.folder = folder;
    this.project = project;
  }

  /** The folder of a run. */
  private Path folderOf(TrackedRun run) {
    String time = FOLDER_TIME.format(run.started().atZone(ZoneId.systemDefault()));
    return folder.resolve(RunFiles.wandbRun(time, run.id()));
  }

  @Override
  public void begin(TrackedRun run) throws IOException {
    Path runFolder = folderOf(run);
    Files.createDirectories(runFolder.resolve("files"));
    WandbLog log = new WandbLog(runFolder.resolve(RunFiles.wandbLog(run.id())));
    open = Optional.of(new Open(runFolder, log, run.started()));
    Protobuf version = new Protobuf().text(1, "0.18.0").text(2, "0.12.0");
    write(HEADER, new Protobuf().message(1, version));
    write(RUN, runRecord(run));
    Protobuf config = new Protobuf();
    for (Map.Entry<String, Object> entry : run.config().entrySet()) {
      config.message(UPDATE, item(entry.getKey(), JSON.valueToTree(entry.getValue())));
    }
    write(CONFIG, config);
  }

  private Protobuf runRecord(TrackedRun run) {
    Protobuf record = new Protobuf().text(1, run.id());
    project.entity().ifPresent(entity -> record.text(2, entity));
    Protobuf started =
        new Protobuf()
            .integer(1, run.started().getEpochSecond())
            .integer(2, run.started().getNano());
    return record
        .text(3, project.name())
        .text(6, run.group())
        .text(7, run.strategy())
        .text(8, run.name())
        .message(17, started);
  }

  @Override
  public void scalars(Moment at, Map<String, Double> values) throws IOException {
    write(HISTORY, history(opened().rows.next(at, values)));
  }

  @Override
  public void image(Moment at, String name, Picture picture) throws IOException {
    String path = opened().rows.mediaPath(name, picture);
    Path file = opened().folder.resolve("files").resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, picture.png());
    write(HISTORY, history(opened().rows.next(at, name, picture)));
    write(FILES, new Protobuf().message(1, new Protobuf().text(1, path)));
  }

  @Override
  public void finish(Outcome outcome) throws IOException {
    Protobuf summary = new Protobuf();
    for (Map.Entry<String, JsonNode> entry : opened().rows.summary().properties()) {
      summary.message(UPDATE, item(entry.getKey(), entry.getValue()));
    }
    write(SUMMARY, summary);
    long seconds = Duration.between(opened().started, Instant.now()).toSeconds();
    write(EXIT, new Protobuf().integer(1, outcome.exitCode()).integer(2, seconds));
    write(FINAL, new Protobuf());
    write(FOOTER, new Protobuf());
    opened().log.close();
    open = Optional.empty();
  }

  private static Protobuf history(ObjectNode row) throws IOException {
    Protobuf record = new Protobuf();
    for (Map.Entry<String, JsonNode> entry : row.properties()) {
      record.message(ITEM, item(entry.getKey(), entry.getValue()));
    }
    return record.message(STEP, new Protobuf().integer(1, row.path("_step").intValue()));
  }

  private static Protobuf item(String key, JsonNode value) throws IOException {
    return new Protobuf().text(KEY, key).text(VALUE_JSON, JSON.writeValueAsString(value));
  }

  private void write(int kind, Protobuf record) throws IOException {
    opened().records++;
    opened()
        .log
        .append(new Protobuf().integer(NUMBER, opened().records).message(kind, record).toBytes());
  }

  private Open opened() throws IOException {
    return open.orElseThrow(() -> new IOException("no run has begun"));
  }
}
