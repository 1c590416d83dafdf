package engram.bench.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.base.WholeFile;
import engram.bench.file.Protobuf;
import engram.bench.record.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
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
  private static final int ARTIFACT = 8;
  private static final int METRIC = 12;
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
  private static final int NAME = 1;
  private static final int STEP_METRIC = 4;
  private static final int OPTIONS = 6;
  private static final int STEP_SYNC = 1;
  private static final int DEFINED = 3;

  private final Path files;
  private final WandbLog log;
  private final WandbRows rows;
  private final WandbProject project;
  private final TrackedRun run;
  private long records;

  /** Names whose definitions are in the log. */
  private int written;

  /**
   * @param folder of all runs, created where it is missing
   */
  WandbFolder(Path folder, WandbProject project, TrackedRun run) throws IOException {
    this.project = project;
    this.run = run;
    rows = new WandbRows(run.started());
    String time = FOLDER_TIME.format(run.started().atZone(ZoneId.systemDefault()));
    Path runFolder = folder.resolve(RunFiles.wandbRun(time, run.id()));
    files = Files.createDirectories(runFolder.resolve("files"));
    log = new WandbLog(runFolder.resolve(RunFiles.wandbLog(run.id())));
    try {
      begin();
    } catch (IOException e) {
      log.discard(); // a full disk took less than a beginning
      throw e;
    }
  }

  private void begin() throws IOException {
    Protobuf version = new Protobuf().text(1, "0.18.0").text(2, "0.12.0");
    write(HEADER, new Protobuf().message(1, version));
    write(RUN, runRecord());
    Protobuf config = new Protobuf();
    for (Map.Entry<String, Object> entry : run.config().entrySet()) {
      config.message(UPDATE, item(entry.getKey(), JSON.valueToTree(entry.getValue())));
    }
    write(CONFIG, config);
  }

  private Protobuf runRecord() {
    Protobuf record = new Protobuf().text(1, run.id());
    project.entity().ifPresent(entity -> record.text(2, entity));
    Protobuf started =
        new Protobuf()
            .integer(1, run.started().getEpochSecond())
            .integer(2, run.started().getNano());
    record.text(3, project.name()).text(6, run.group()).text(7, run.strategy()).text(8, run.name());
    run.origin().host().ifPresent(host -> record.text(13, host));
    record.message(17, started);
    run.origin().revision().ifPresent(commit -> record.message(21, new Protobuf().text(2, commit)));
    return record;
  }

  @Override
  public void scalars(Moment at, Map<String, Double> values) throws IOException {
    define(values.keySet());
    add(rows.next(at, values));
  }

  /** As {@code wandb.define_metric(name, step_metric="epoch")} does, before a name's first row. */
  private void define(Collection<String> names) throws IOException {
    rows.define(names);
    for (String name : rows.defined().subList(written, rows.defined().size())) {
      Protobuf metric = new Protobuf().text(NAME, name);
      if (!name.equals(WandbRows.EPOCH)) {
        metric.text(STEP_METRIC, WandbRows.EPOCH);
      }
      int option = name.equals(WandbRows.EPOCH) ? DEFINED : STEP_SYNC;
      write(METRIC, metric.message(OPTIONS, new Protobuf().integer(option, 1)));
      written++;
    }
  }

  /**
   * An artifact, which {@code wandb sync} takes from where the page lies now; and a file of the
   * run, for a folder that was moved before.
   */
  @Override
  public Optional<String> report(String name, byte[] page) throws IOException {
    Path place = files.resolve(name);
    WholeFile.write(place, out -> out.write(page));
    write(FILES, new Protobuf().message(1, new Protobuf().text(1, name)));
    write(ARTIFACT, artifact(WandbArtifact.report(run, name, page), place));
    return Optional.empty();
  }

  /** An ArtifactRecord; the server makes its collection, if there is none. */
  private Protobuf artifact(WandbArtifact report, Path place) throws IOException {
    Protobuf layout = new Protobuf().text(1, "storageLayout");
    layout.text(2, JSON.writeValueAsString(WandbArtifact.STORAGE_LAYOUT));
    Protobuf entry = new Protobuf().text(1, report.file()).text(2, report.pageDigest());
    entry.integer(4, report.page().length).text(6, place.toAbsolutePath().toString());
    Protobuf manifest = new Protobuf().integer(1, WandbArtifact.MANIFEST_VERSION);
    manifest.text(2, WandbArtifact.STORAGE_POLICY).message(3, layout).message(4, entry);
    Protobuf record = new Protobuf().text(1, run.id()).text(2, project.name());
    project.entity().ifPresent(entity -> record.text(3, entity));
    record.text(4, WandbArtifact.TYPE).text(5, report.collection()).text(6, report.digest());
    report.aliases().forEach(alias -> record.text(11, alias));
    record.message(12, manifest).integer(14, 1); // finalize
    return record.text(15, report.clientId()).text(16, report.sequenceClientId());
  }

  @Override
  public void image(Moment at, String name, Picture picture) throws IOException {
    String path = rows.mediaPath(name, picture);
    WholeFile.write(files.resolve(path), out -> out.write(picture.png()));
    define(List.of(name));
    add(rows.next(at, name, picture));
    write(FILES, new Protobuf().message(1, new Protobuf().text(1, path)));
  }

  @Override
  public void finish(Outcome outcome) throws IOException {
    Protobuf summary = new Protobuf();
    for (Map.Entry<String, JsonNode> entry : rows.summary().properties()) {
      summary.message(UPDATE, item(entry.getKey(), entry.getValue()));
    }
    write(SUMMARY, summary);
    long seconds = Duration.between(run.started(), Instant.now()).toSeconds();
    write(EXIT, new Protobuf().integer(1, outcome.exitCode).integer(2, seconds));
    write(FINAL, new Protobuf());
    write(FOOTER, new Protobuf());
    log.close();
  }

  private void add(ObjectNode row) throws IOException {
    write(HISTORY, history(row));
    rows.add(row);
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
    log.append(new Protobuf().integer(NUMBER, records + 1).message(kind, record).toBytes());
    records++;
  }
}
