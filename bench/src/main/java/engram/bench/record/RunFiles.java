package engram.bench.record;

import engram.base.InputFile;
import engram.base.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of every file in a run's folder, as a path in it: written here and, but for texts that
 * people read, nowhere else.
 */
public final class RunFiles {
  /** Signature, and the first chunk with width and height. */
  private static final int PNG_HEADER = 24;

  public static final String CONFIG = "config.yaml"; // options: engram run --config takes them back
  public static final String CARD = "card.yaml"; // engram.bench.protocol.ProtocolCard
  public static final String ENVIRONMENT = "env.json"; // Environment
  public static final String METRICS = "metrics.csv"; // ResultTables.epochs
  public static final String RESULTS = "results.csv"; // ResultTables.results
  static final String DIVERGED = "diverged.csv"; // ResultTables.diverged; there if any did
  static final String DOCTOR = "doctor.csv"; // DoctorNotes; there if a doctor watched
  static final String CLASS_ACCURACY = "class_accuracy.csv"; // ResultTables.classAccuracies
  static final String STABILITY = "stability.csv"; // ResultTables.stability; with --live
  public static final String LIVE = "live.html"; // the page of engram.bench.live; with --live
  static final String ACCURACY_MATRIX = "accuracy_matrix.csv"; // ResultTables.matrices
  static final String TASK_AWARE_MATRIX = "task_aware_matrix.csv";
  static final String DIFFERENCES = "paired_differences.csv"; // ResultTables.differences
  public static final String SUMMARY = "summary.json"; // SummaryJson
  static final String SUMMARY_TABLE = "summary.md"; // SummaryMarkdown
  public static final String ACCURACY_PICTURE = "results.png"; // AccuracyChart
  public static final String REPORT = "report.html"; // the page of engram.bench.report

  // The record that the report is made from: see the package's description.
  static final String CLASSES = "report/classes.csv";
  static final String CLASS_PICTURES = "report/classes.png";
  static final String TASKS = "report/tasks.csv";

  // The same, of one strategy with one seed: in the folder that ofStrategy names.
  static final String CONFUSION = "confusion.csv";
  static final String CLASSIFIER = "classifier.csv";
  static final String USAGE = "usage.csv";
  static final String FILTERS = "filters.png";
  static final String BY_TASK = "by_task.csv";
  static final String MISTAKES = "mistakes.csv";
  static final String MISTAKE_IMAGES = "mistakes.png";
  static final String STEPS = "steps.csv"; // ResultTables.steps
  static final String WITHIN = "within.csv"; // WithinTasks

  /** Folders of the trackers that write files. */
  public static final String TENSORBOARD = "tensorboard";

  public static final String WANDB = "wandb";

  /** Bound on a file that is read: a hundred times the pictures of ours. */
  private static final int MOST_BYTES = 1 << 26;

  /** Folder of StateFiles; gone when the run is done. */
  static final String STATES = "state";

  private static final String CHECKPOINTS = "checkpoints";

  private static final Pattern CHECKPOINT = Pattern.compile("(.+)_seed(\\d{1,18})\\.safetensors");

  private static final Set<String> FIXED =
      Set.of(
          CONFIG,
          CARD,
          ENVIRONMENT,
          METRICS,
          RESULTS,
          DIVERGED,
          DOCTOR,
          STABILITY,
          LIVE,
          CLASS_ACCURACY,
          ACCURACY_MATRIX,
          TASK_AWARE_MATRIX,
          DIFFERENCES,
          SUMMARY,
          SUMMARY_TABLE,
          ACCURACY_PICTURE,
          REPORT);

  private static final Pattern OTHERS =
      Pattern.compile(
          "confusion_[^/]+\\.png|checkpoints/[^/]+\\.(safetensors|onnx)|state/\\d+\\.safetensors"
              + "|report/([^/]+/)?[^/]+\\.(csv|png|jpg)"
              + "|tensorboard/[^/]+/events\\.out\\.tfevents\\.[^/]+"
              + "|wandb/offline-run-[^/]+/(run-[^/]+\\.wandb|files/(media/images/[^/]+\\.png|report\\.html))");

  private RunFiles() {}

  /** What tells one strategy with one seed from the others of a run. */
  public static String name(String strategy, long seed) {
    return "%s_seed%s".formatted(strategy, seed);
  }

  /** {@link engram.bench.picture.ConfusionChart}. */
  public static String confusionPicture(String strategy) {
    return "confusion_%s.png".formatted(strategy);
  }

  /** The network that a strategy ended with. */
  public static String checkpoint(String strategy, long seed) {
    return "%s/%s.safetensors".formatted(CHECKPOINTS, name(strategy, seed));
  }

  /** A checkpoint in a run's folder, and what wrote it. */
  public record Trained(Path file, String strategy, long seed) {}

  /** The checkpoints in a run's folder, by name; none if there is no such folder. */
  public static List<Trained> checkpoints(Path run) throws IOException {
    Path folder = run.resolve(CHECKPOINTS);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .sorted()
          .flatMap(
              file -> {
                Matcher name = CHECKPOINT.matcher(String.valueOf(file.getFileName()));
                return name.matches()
                    ? Stream.of(new Trained(file, name.group(1), Long.parseLong(name.group(2))))
                    : Stream.empty();
              })
          .toList();
    }
  }

  /** In the folder of a TensorBoard run, its events. */
  public static String tensorBoardEvents(Instant started, String id) {
    return String.format(Locale.ROOT, "events.out.tfevents.%010d.%s", started.getEpochSecond(), id);
  }

  /** In W&amp;B's folder, that of a run; {@code wandb sync} asks for this name. */
  public static String wandbRun(String started, String id) {
    return "offline-run-%s-%s".formatted(started, id);
  }

  /** In the folder of a W&amp;B run, its log. */
  public static String wandbLog(String id) {
    return "run-%s.wandb".formatted(id);
  }

  /** The folder of a strategy's record. */
  static String ofStrategy(String strategy, long seed) {
    return "report/" + name(strategy, seed);
  }

  /** The steps of a strategy whose loss was read. */
  public static String steps(String strategy, long seed) {
    return ofStrategy(strategy, seed) + "/" + STEPS;
  }

  /**
   * In the folder of a strategy's record, the images in memory.
   *
   * @param task from 0
   */
  static String memory(int task) {
    return "memory_task%s.jpg".formatted(task + 1);
  }

  /**
   * Whether a run writes a file of this name, or a killed one left a part of such a file, so that
   * overwriting a run may delete it.
   */
  static boolean isWrittenByARun(String name) {
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    String whole =
        WholeFile.nameOfPart(name.substring(folder.length()))
            .map(file -> folder + file)
            .orElse(name);
    return FIXED.contains(whole) || OTHERS.matcher(whole).matches();
  }

  /** Whether a run that was killed before it began leaves such a file: nobody will miss it. */
  static boolean isOfAStart(String name) {
    return name.equals(CARD) || name.equals(ENVIRONMENT) || name.endsWith(".part");
  }

  /**
   * All of a file that must be there.
   *
   * @throws IOException naming it
   */
  static byte[] read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("%s is missing".formatted(file));
    }
    return InputFile.read(file, MOST_BYTES);
  }

  /**
   * A PNG, of which only the size is looked at.
   *
   * @throws IOException naming the file, if it is missing or too short to say its size
   */
  static byte[] readPng(Path file) throws IOException {
    byte[] png = read(file);
    if (png.length < PNG_HEADER) {
      throw new IOException("%s: %d bytes are no PNG".formatted(file, png.length));
    }
    return png;
  }
}
