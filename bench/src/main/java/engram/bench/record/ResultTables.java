package engram.bench.record;

import engram.cl.experiment.LossTerm;
import engram.cl.experiment.RunEvent.EpochFinished;
import engram.cl.metrics.AccuracyMatrix;
import engram.cl.result.PairedDifference;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The tables of a run folder. Accuracies are percent, times seconds; tasks and epochs count from 1.
 * Numbers have a fixed count of decimals and a point, whatever the locale.
 */
public final class ResultTables {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private ResultTables() {}

  /** {@code results.csv}: one row per strategy, seed and task. */
  public static void writeResults(List<TaskResult> results, OutputStream out) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "strategy",
            "seed",
            "task",
            "seen_classes",
            "accuracy",
            "task_mean_accuracy",
            "macro_accuracy",
            "seconds"));
    for (TaskResult r : results) {
      rows.add(
          List.of(
              r.strategy(),
              String.valueOf(r.seed()),
              String.valueOf(r.task() + 1),
              String.valueOf(r.seenClasses()),
              percent(r.accuracy()),
              percent(r.taskMeanAccuracy()),
              percent(r.macroAccuracy()),
              decimals(3, r.seconds())));
    }
    write(rows, out);
  }

  /**
   * {@code metrics.csv}: one row per epoch. Each loss term has a column {@code loss_NAME}, empty
   * where a strategy does not have the term.
   */
  public static void writeEpochs(List<EpochFinished> epochs, OutputStream out) throws IOException {
    List<String> terms =
        epochs.stream().flatMap(e -> e.losses().stream()).map(LossTerm::name).distinct().toList();
    List<String> header =
        new ArrayList<>(
            List.of("strategy", "seed", "task", "epoch", "images", "seconds", "images_per_second"));
    terms.forEach(term -> header.add("loss_" + term));
    List<List<String>> rows = new ArrayList<>();
    rows.add(header);
    for (EpochFinished e : epochs) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  e.id().strategy(),
                  String.valueOf(e.id().seed()),
                  String.valueOf(e.id().task() + 1),
                  String.valueOf(e.id().epoch() + 1),
                  String.valueOf(e.images()),
                  decimals(3, e.seconds()),
                  e.seconds() > 0 ? decimals(1, e.imagesPerSecond()) : ""));
      Map<String, Double> losses =
          e.losses().stream().collect(Collectors.toMap(LossTerm::name, LossTerm::value));
      terms.forEach(term -> row.add(losses.containsKey(term) ? decimals(6, losses.get(term)) : ""));
      rows.add(row);
    }
    write(rows, out);
  }

  /**
   * {@code accuracy_matrix.csv}: for each strategy and seed one row per task learnt, one column per
   * task measured, empty above the diagonal.
   */
  public static void writeMatrices(List<StrategyRun> runs, OutputStream out) throws IOException {
    writeMatrices(runs, StrategyRun::matrix, out);
  }

  /** {@code task_aware_matrix.csv}: the same with the task of each image told. */
  public static void writeTaskAwareMatrices(List<StrategyRun> runs, OutputStream out)
      throws IOException {
    writeMatrices(runs, StrategyRun::taskAware, out);
  }

  /**
   * {@code class_accuracy.csv}: accuracy on each class met so far after each task; classes are
   * those of the data set.
   */
  static void writeClassAccuracies(List<ClassAccuracy> accuracies, OutputStream out)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("strategy", "seed", "task", "class", "accuracy"));
    for (ClassAccuracy a : accuracies) {
      rows.add(
          List.of(
              a.strategy(),
              String.valueOf(a.seed()),
              String.valueOf(a.task() + 1),
              String.valueOf(a.dataClass()),
              percent(a.accuracy())));
    }
    write(rows, out);
  }

  /**
   * {@code paired_differences.csv}: final accuracy of one strategy minus that of another on the
   * same seeds, in percentage points; half_width is empty with one seed.
   */
  static void writeDifferences(List<PairedDifference> pairs, OutputStream out) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("strategy", "minus", "seeds", "final_accuracy_difference", "half_width"));
    for (PairedDifference pair : pairs) {
      OptionalDouble half = pair.difference().halfWidth();
      rows.add(
          List.of(
              pair.strategy(),
              pair.other(),
              String.valueOf(pair.difference().count()),
              percent(pair.difference().mean()),
              half.isPresent() ? percent(half.getAsDouble()) : ""));
    }
    write(rows, out);
  }

  private static void writeMatrices(
      List<StrategyRun> runs, Function<StrategyRun, AccuracyMatrix> which, OutputStream out)
      throws IOException {
    int columns = runs.stream().mapToInt(run -> run.matrix().tasks()).max().orElse(0);
    List<String> header = new ArrayList<>(List.of("strategy", "seed", "after_task"));
    for (int i = 1; i <= columns; i++) {
      header.add("task_" + i);
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(header);
    for (StrategyRun run : runs) {
      AccuracyMatrix matrix = which.apply(run);
      for (int t = 0; t < matrix.tasks(); t++) {
        List<String> row =
            new ArrayList<>(
                List.of(run.strategy(), String.valueOf(run.seed()), String.valueOf(t + 1)));
        for (int i = 0; i < columns; i++) {
          row.add(i <= t ? percent(100 * matrix.get(t, i)) : "");
        }
        rows.add(row);
      }
    }
    write(rows, out);
  }

  private static void write(List<List<String>> rows, OutputStream out) throws IOException {
    OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    new CSVPrinter(writer, FORMAT).printRecords(rows);
    writer.flush();
  }

  private static String percent(double value) {
    return decimals(4, value);
  }

  private static String decimals(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
