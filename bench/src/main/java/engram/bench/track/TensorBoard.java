package engram.bench.track;

import engram.bench.file.Protobuf;
import engram.bench.record.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
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

  private final EventFile file;

  /**
   * @param folder of all runs, created where it is missing
   */
  TensorBoard(Path folder, TrackedRun run) throws IOException {
    Path runFolder = Files.createDirectories(folder.resolve(run.name()));
    String name = RunFiles.tensorBoardEvents(run.started(), run.id());
    file = new EventFile(runFolder.resolve(name));
    append(event(run.started()).text(FILE_VERSION, "brain.Event:2"));
    append(
        event(run.started())
            .message(SUMMARY, new Protobuf().message(VALUE, text("config", markdown(run)))));
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

  /** TensorBoard has no word for how a run ended. */
  @Override
  public void finish(Outcome outcome) throws IOException {
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

  private static String markdown(TrackedRun run) {
    return run.config().entrySet().stream()
        .map(entry -> "| %s | %s |".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n", "| setting | value |\n| --- | --- |\n", "\n"));
  }
}
