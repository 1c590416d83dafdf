package engram.bench.metrics;

import engram.bench.console.Subcommand;
import engram.bench.file.CsvOut;
import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.IncrementalMetrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code engram metrics}: what an accuracy matrix says about learning and forgetting. */
@Command(
    name = "metrics",
    description = {
      "Computes the metrics of class-incremental learning from a matrix of accuracies and prints"
          + " them as CSV.",
      "",
      "Row t of FILE holds the accuracies on tasks 1 to t after training on task t; what is above"
          + " the diagonal is empty. Shares (0 to 1) or percent (0 to 100): results have the same"
          + " unit. Names of columns and rows, percent signs, and nan above the diagonal may be"
          + " there. The accuracy_matrix.csv of a run will do, too.",
      "",
      "  final_mean   mean over tasks of the accuracy after the last task",
      "  aia          average incremental accuracy: mean over t of the task mean after t",
      "  forgetting   mean over old tasks of their best accuracy before the last task minus that"
          + " after it",
      "  bwt          backward transfer: mean over old tasks of the last accuracy minus the first",
      "",
      "All tasks count the same, since a matrix does not tell how many images are behind it. With"
          + " one task there is nothing to forget: forgetting and bwt are then empty.",
      ""
    },
    footer = {"  engram metrics matrix.csv", "  engram metrics runs/run1/accuracy_matrix.csv"})
public final class MetricsCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "CSV file of accuracies")
  private Path file = Path.of("");

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    List<MatrixFile.Named> matrices = MatrixFile.read(file);
    List<String> header = new ArrayList<>(matrices.getFirst().nameColumns());
    header.addAll(List.of("metric", "value"));
    CsvOut table = new CsvOut(header);
    for (MatrixFile.Named matrix : matrices) {
      add(table, matrix);
    }
    table.printTo(out);
    return true;
  }

  private static void add(CsvOut table, MatrixFile.Named named) {
    AccuracyMatrix a = named.matrix();
    double[] means = a.taskMeans();
    Map<String, OptionalDouble> metrics = new LinkedHashMap<>();
    metrics.put("final_mean", OptionalDouble.of(means[means.length - 1]));
    metrics.put("aia", OptionalDouble.of(IncrementalMetrics.averageIncremental(means)));
    metrics.put("forgetting", IncrementalMetrics.forgetting(a));
    metrics.put("bwt", IncrementalMetrics.backwardTransfer(a));
    metrics.forEach(
        (name, value) -> {
          List<String> row = new ArrayList<>(named.names());
          row.add(name);
          row.add(value.isEmpty() ? "" : text(value.getAsDouble() * named.unit()));
          table.add(row);
        });
  }

  /** Ten significant digits, never in powers of ten; what is zero but for rounding is 0. */
  private static String text(double value) {
    return Math.abs(value) < 1e-12
        ? "0"
        : new BigDecimal(value).round(new MathContext(10)).stripTrailingZeros().toPlainString();
  }
}
