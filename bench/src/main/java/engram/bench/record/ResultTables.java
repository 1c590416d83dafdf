package engram.bench.record;

import engram.base.Excerpt;
import engram.bench.file.CsvIn;
import engram.bench.file.CsvOut;
import engram.cl.experiment.LossTerm;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.RunEvent.EpochFinished;
import engram.cl.experiment.RunEvent.StrategyDiverged;
import engram.cl.experiment.RunEvent.TaskEvaluated;
import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.StabilityGap;
import engram.cl.result.PairedDifference;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The tables of a run folder. Accuracies are percent, times seconds; tasks and epochs count from 1.
 * Numbers have a fixed count of decimals and a point, whatever the locale.
 */
final class ResultTables {
  static final List<String> RESULT_COLUMNS =
      List.of(
          "strategy",
          "seed",
          "task",
          "seen_classes",
          "accuracy",
          "task_mean_accuracy",
          "macro_accuracy",
          "seconds");

  private static final String LOSS = "loss_";

  private ResultTables() {}

  /** {@link RunFiles#RESULTS}: one row per strategy, seed and task. */
  static CsvOut results() {
    return new CsvOut(RESULT_COLUMNS);
  }

  /** One row of {@link #RESULT_COLUMNS}. */
  static List<Object> cells(TaskResult r) {
    return List.of(
        r.strategy(),
        r.seed(),
        r.task() + 1,
        r.seenClasses(),
        percent(r.accuracy()),
        percent(r.taskMeanAccuracy()),
        percent(r.macroAccuracy()),
        decimals(3, r.seconds()));
  }

  /** {@link RunFiles#DIVERGED}: one row per strategy and seed; step 0 is after training. */
  static CsvOut diverged(List<StrategyDiverged> diverged) {
    CsvOut table = new CsvOut("strategy,seed,task,step,what");
    diverged.forEach(d -> table.add(d.strategy(), d.seed(), d.task() + 1, d.step(), d.what()));
    return table;
  }

  /** Reads {@link #diverged} back; none where there is no such file. */
  static List<StrategyDiverged> readDiverged(Path file) throws IOException {
    List<StrategyDiverged> diverged = new ArrayList<>();
    if (Files.exists(file)) {
      for (CsvIn.Row row : CsvIn.read(file)) {
        diverged.add(
            new StrategyDiverged(
                strategy(row),
                row.whole("seed"),
                row.integer("task") - 1,
                row.integer("step"),
                row.text("what")));
      }
    }
    return diverged;
  }

  /** The name of a strategy, of which a folder has its name. */
  private static String strategy(CsvIn.Row row) throws IOException {
    String name = row.text("strategy");
    if (name.chars().anyMatch(Character::isISOControl) || name.contains("/")) {
      String said = "is \"%s\", expected the name of a strategy".formatted(Excerpt.of(name));
      throw row.failure("strategy", said);
    }
    return name;
  }

  static List<TaskResult> readResults(Path file) throws IOException {
    List<TaskResult> results = new ArrayList<>();
    for (CsvIn.Row row : CsvIn.read(file)) {
      results.add(
          new TaskResult(
              strategy(row),
              row.whole("seed"),
              row.integer("task") - 1,
              row.integer("seen_classes"),
              row.number("accuracy"),
              row.number("task_mean_accuracy"),
              row.number("macro_accuracy"),
              row.number("seconds")));
    }
    return results;
  }

  /**
   * {@link RunFiles#METRICS}: one row per epoch. Each loss term has a column {@code loss_NAME},
   * empty where a strategy does not have the term.
   */
  static CsvOut epochs() {
    return new CsvOut("strategy,seed,task,epoch,images,seconds,images_per_second");
  }

  static void addEpoch(CsvOut table, EpochFinished e) {
    List<Object> row =
        new ArrayList<>(
            List.of(
                e.id().strategy(),
                e.id().seed(),
                e.id().task() + 1,
                e.id().epoch() + 1,
                e.images(),
                decimals(3, e.seconds()),
                e.seconds() > 0 ? decimals(1, e.imagesPerSecond()) : ""));
    e.losses().forEach(term -> put(table, row, term, decimals(6, term.value())));
    table.add(row);
  }

  /**
   * {@link RunFiles#STEPS}: one row per step whose loss was read, with a hash of all parameters
   * after it. Loss terms have all their digits, and columns as in {@link #epochs}.
   */
  static CsvOut steps() {
    return new CsvOut("task,epoch,step,hash");
  }

  static void addStep(CsvOut table, RunEvent.LossRead read) {
    List<Object> row =
        new ArrayList<>(
            List.of(
                read.id().task() + 1,
                read.id().epoch() + 1,
                read.step() + 1,
                "%016x".formatted(read.hash())));
    read.losses().forEach(term -> put(table, row, term, Double.toString(term.value())));
    table.add(row);
  }

  private static void put(CsvOut table, List<Object> row, LossTerm term, String value) {
    int column = table.column(LOSS + term.name());
    while (row.size() <= column) {
      row.add("");
    }
    row.set(column, value);
  }

  /** {@link RunFiles#STABILITY}: one row per strategy, seed and task but the first, percent. */
  static CsvOut stability() {
    return new CsvOut("strategy,seed,task,smallest_accuracy,worst_case_accuracy,gap,recovered");
  }

  static void addStability(CsvOut table, TaskResult task, StabilityGap gap) {
    table.add(
        task.strategy(),
        task.seed(),
        gap.task() + 1,
        percent(100 * gap.smallest()),
        percent(100 * gap.worstCase()),
        percent(100 * gap.gap()),
        percent(100 * gap.recovered()));
  }

  /**
   * {@link RunFiles#ACCURACY_MATRIX}, and {@link RunFiles#TASK_AWARE_MATRIX} with the task of each
   * image told: for each strategy and seed one row per task learnt, one column per task measured,
   * empty above the diagonal.
   */
  static CsvOut matrices(List<StrategyRun> runs, Function<StrategyRun, AccuracyMatrix> matrixOf) {
    int columns = runs.stream().mapToInt(run -> run.matrix().tasks()).max().orElse(0);
    List<String> header = new ArrayList<>(List.of("strategy", "seed", "after_task"));
    for (int i = 1; i <= columns; i++) {
      header.add("task_" + i);
    }
    CsvOut table = new CsvOut(header);
    for (StrategyRun run : runs) {
      AccuracyMatrix matrix = matrixOf.apply(run);
      for (int t = 0; t < matrix.tasks(); t++) {
        List<Object> row = new ArrayList<>(List.of(run.strategy(), run.seed(), t + 1));
        for (int i = 0; i < columns; i++) {
          row.add(i <= t ? percent(100 * matrix.get(t, i)) : "");
        }
        table.add(row);
      }
    }
    return table;
  }

  /**
   * {@link RunFiles#CLASS_ACCURACY}: accuracy on each class met so far after each task, as far as
   * it has test images; classes are those of the data set.
   */
  static CsvOut classAccuracies() {
    return new CsvOut("strategy,seed,task,class,accuracy");
  }

  static void addClassAccuracies(CsvOut table, TaskEvaluated task) {
    TaskResult result = task.result();
    for (int label = 0; label < task.agnostic().confusion().classes(); label++) {
      int number = task.split().classOf(label);
      task.agnostic()
          .confusion()
          .recall(label)
          .ifPresent(
              share ->
                  table.add(
                      result.strategy(),
                      result.seed(),
                      result.task() + 1,
                      number,
                      percent(100 * share)));
    }
  }

  /**
   * {@link RunFiles#DIFFERENCES}: final accuracy of one strategy minus that of another on the same
   * seeds, in percentage points; half_width is empty with one seed.
   */
  static CsvOut differences(List<PairedDifference> pairs) {
    CsvOut table = new CsvOut("strategy,minus,seeds,final_accuracy_difference,half_width");
    for (PairedDifference pair : pairs) {
      OptionalDouble half = pair.difference().halfWidth();
      table.add(
          pair.strategy(),
          pair.other(),
          pair.difference().count(),
          percent(pair.difference().mean()),
          half.isPresent() ? percent(half.getAsDouble()) : "");
    }
    return table;
  }

  /** The epochs of a {@link RunFiles#METRICS}; none where it is missing. */
  static List<RecordedEpoch> readEpochs(Path file) throws IOException {
    List<RecordedEpoch> epochs = new ArrayList<>();
    for (CsvIn.Row row : Files.exists(file) ? CsvIn.read(file) : List.<CsvIn.Row>of()) {
      Map<String, Double> losses = new LinkedHashMap<>();
      for (String column : row.columns()) {
        if (column.startsWith(LOSS) && !row.text(column).isEmpty()) {
          losses.put(column.substring(LOSS.length()), row.number(column));
        }
      }
      epochs.add(
          new RecordedEpoch(
              strategy(row),
              row.whole("seed"),
              row.integer("task") - 1,
              row.integer("epoch") - 1,
              losses));
    }
    return List.copyOf(epochs);
  }

  private static String percent(double value) {
    return decimals(4, value);
  }

  private static String decimals(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
