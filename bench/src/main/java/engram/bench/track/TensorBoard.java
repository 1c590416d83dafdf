package engram.bench.track;

import engram.bench.file.Protobuf;
import engram.bench.record.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * TensorBoard's event files, a folder for each run: {@code tensorboard --logdir
 * runs/run1/tensorboard}. Steps are epochs.
 */
final class TensorBoard implements Tracker {
  // Fields of tensorflow.Event, Summary, Summary.Value, Summary.Image, SummaryMetadata,
  // TensorProto.
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int IMAGE = 4;
  private static final int TENSOR = 8;
  private static final int METADATA = 9;
  private static final int PLUGIN_DATA = 1;
  private static final int PLUGIN_NAME = 1;
  private static final int DTYPE = 1;
  private static final int SHAPE = 2;
  private static final int STRING_VALUE = 8;
  private static final int DTYPE_STRING = 7;
  private static final int RGB = 3;
  private static final int PLUGIN_CONTENT = 2;
  private static final int DTYPE_FLOAT = 1;
  private static final int DIMENSION = 2;
  // Fields of tensorboard.hparams.HParamsPluginData, SessionStartInfo, SessionEndInfo, and of a
  // google.protobuf.Value.
  private static final int SESSION_START = 3;
  private static final int SESSION_END = 4;
  private static final int HPARAMS = 1;
  private static final int START_SECONDS = 5;
  private static final int STATUS = 1;
  private static final int END_SECONDS = 2;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;
  private static final int NUMBER = 2;
  private static final int STRING = 3;
  private static final int BOOL = 4;

  private final EventFile file;

  /**
   * @param folder of all runs, created where it is missing
   */
  TensorBoard(Path folder, TrackedRun run) throws IOException {
    Path runFolder = Files.createDirectories(folder.resolve(run.name()));
    String name = RunFiles.tensorBoardEvents(run.started(), run.id());
    file = new EventFile(runFolder.resolve(name));
    try {
      begin(run);
    } catch (IOException e) {
      file.discard(); // a full disk took less than a beginning
      throw e;
    }
  }

  private void begin(TrackedRun run) throws IOException {
    append(event(run.started()).text(FILE_VERSION, "brain.Event:2"));
    append(
        event(run.started())
            .message(SUMMARY, new Protobuf().message(VALUE, text("config", markdown(run)))));
    Protobuf start = new Protobuf().float64(START_SECONDS, run.started().toEpochMilli() / 1e3);
    run.config().forEach((key, value) -> start.message(HPARAMS, hparam(key, value)));
    append(hparams(run.started(), "_hparams_/session_start_info", SESSION_START, start));
  }

  @Override
  public void scalars(Moment at, Map<String, Double> values) throws IOException {
    Protobuf summary = new Protobuf();
    values.forEach(
        (name, value) ->
            summary.message(
                VALUE, new Protobuf().text(TAG, name).float32(SIMPLE_VALUE, value.floatValue())));
    append(event(at.time()).integer(STEP, at.epoch()).message(SUMMARY, summary));
  }

  @Override
  public void image(Moment at, String name, Picture picture) throws IOException {
    Protobuf image =
        new Protobuf()
            .integer(1, picture.height())
            .integer(2, picture.width())
            .integer(3, RGB)
            .bytes(4, picture.png());
    Protobuf value = new Protobuf().text(TAG, name).message(IMAGE, image);
    append(
        event(at.time())
            .integer(STEP, at.epoch())
            .message(SUMMARY, new Protobuf().message(VALUE, value)));
  }

  /** The run folder is TensorBoard's, too: what lies there need not come again. */
  @Override
  public Optional<String> report(String name, byte[] page) {
    return Optional.empty();
  }

  @Override
  public void finish(Outcome outcome) throws IOException {
    Instant now = Instant.now();
    Protobuf end =
        new Protobuf()
            .integer(STATUS, outcome == Outcome.FINISHED ? SUCCESS : FAILURE)
            .float64(END_SECONDS, now.toEpochMilli() / 1e3);
    append(hparams(now, "_hparams_/session_end_info", SESSION_END, end));
    file.close();
  }

  private void append(Protobuf event) throws IOException {
    file.append(event.toBytes());
  }

  private static Protobuf event(Instant time) {
    return new Protobuf().float64(WALL_TIME, time.toEpochMilli() / 1e3);
  }

  /** A value of the plugin "text", which shows Markdown. */
  private static Protobuf text(String tag, String text) {
    Protobuf plugin = new Protobuf().text(PLUGIN_NAME, "text");
    Protobuf scalarShape = new Protobuf();
    return new Protobuf()
        .text(TAG, tag)
        .message(METADATA, new Protobuf().message(PLUGIN_DATA, plugin))
        .message(
            TENSOR,
            new Protobuf()
                .integer(DTYPE, DTYPE_STRING)
                .message(SHAPE, scalarShape)
                .text(STRING_VALUE, text));
  }

  /** An entry of the map from names to values. */
  private static Protobuf hparam(String name, Object value) {
    Protobuf typed =
        switch (value) {
          case Number number -> new Protobuf().float64(NUMBER, number.doubleValue());
          case Boolean flag -> new Protobuf().integer(BOOL, flag ? 1 : 0);
          default -> new Protobuf().text(STRING, String.valueOf(value));
        };
    return new Protobuf().text(1, name).message(2, typed);
  }

  /** A value of the plugin "hparams": all of it is in the metadata, the tensor is empty. */
  private static Protobuf hparams(Instant time, String tag, int kind, Protobuf info) {
    Protobuf content = new Protobuf().integer(1, 0).message(kind, info); // version 0
    Protobuf plugin =
        new Protobuf().text(PLUGIN_NAME, "hparams").bytes(PLUGIN_CONTENT, content.toBytes());
    Protobuf none = new Protobuf().message(DIMENSION, new Protobuf().integer(1, 0));
    Protobuf value =
        new Protobuf()
            .text(TAG, tag)
            .message(METADATA, new Protobuf().message(PLUGIN_DATA, plugin))
            .message(TENSOR, new Protobuf().integer(DTYPE, DTYPE_FLOAT).message(SHAPE, none));
    return event(time).message(SUMMARY, new Protobuf().message(VALUE, value));
  }

  private static String markdown(TrackedRun run) {
    return run.config().entrySet().stream()
        .map(entry -> "| %s | %s |".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n", "| setting | value |\n| --- | --- |\n", "\n"));
  }
}
