package engram.bench.look;

import engram.backend.Backend;
import engram.bench.console.Lines;
import engram.bench.console.Subcommand;
import engram.bench.measure.MeasuredStep;
import engram.bench.subject.StepOptions;
import engram.bench.subject.SubjectOptions;
import engram.graph.Node;
import engram.inspect.BackendComparison;
import engram.inspect.BackendComparison.Row;
import engram.nn.train.TrainingStep;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram compare}: one training step on two devices, node by node. */
@Command(
    name = "compare",
    modelTransformer = SubjectOptions.class,
    description = {
      "Runs the training step of a network on two devices and compares what each node"
          + " makes. The second device is given the first one's values before each node, so that an"
          + " error shows where it arises. Nodes that the second device does in one kernel are"
          + " compared alone and, in a row like \"12+13\", together. Exit code 1 if a row differs"
          + " by more than the tolerance; the first such row is named.",
      "An error is a distance divided by the root mean square of what was expected plus the"
          + " magnitude of the element.",
      ""
    },
    footer = {
      "  engram compare vector opencl",
      "  engram compare reference vector --batch 8 --no-fusion",
      "  engram compare vector opencl:1.0 --kd --runs 20",
      "  engram compare reference vector --network lenet --data mnist:PATH"
    })
public final class CompareCommand extends Subcommand {
  @Parameters(
      index = "0",
      paramLabel = "EXPECTED",
      arity = "0..1",
      description = "the device that is trusted (vector)")
  private String expected = "vector";

  @Parameters(
      index = "1",
      paramLabel = "RECEIVED",
      arity = "0..1",
      description = "the device that is examined (opencl)")
  private String received = "opencl";

  @Mixin private StepOptions options;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "training steps, one after the other; the worst of all is shown (1)")
  private int runs = 1;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "largest error that is not a divergence (1e-4)")
  private double tolerance = 1e-4;

  @Option(names = "--threads", paramLabel = "N", description = "threads (all processors)")
  private Optional<Integer> threads = Optional.empty();

  @Override
  protected boolean run(PrintWriter out) {
    require(runs >= 1, "--runs is " + runs + ", expected 1 or more");
    require(tolerance >= 0, "--tolerance is " + tolerance + ", expected 0 or more");
    MeasuredStep step = options.step();
    List<Row> rows;
    int team = threads(threads);
    try (Backend trusted = open(expected, team, err());
        Backend examined = open(received, team, err())) {
      out.print(Lines.wrapped("expected  " + trusted.description(), 10));
      out.print(Lines.wrapped("received  " + examined.description(), 10));
      out.flush();
      rows = compare(step.training(trusted), step.training(examined));
    }
    print(out, rows);
    Optional<Row> first = BackendComparison.firstDivergence(rows, tolerance);
    String found =
        first
            .map(
                row ->
                    "first divergence: node %s, %s, %s"
                        .formatted(numbers(rows, row), row.name(), row.worst()))
            .orElse("%s, none differs by more than %.1g".formatted(count(rows), tolerance));
    out.print(Lines.wrapped(found, 2));
    return first.isEmpty();
  }

  /** The worst of each node over all runs; the first device's step trains on between them. */
  private List<Row> compare(TrainingStep trusted, TrainingStep examined) {
    List<Row> worst = BackendComparison.compare(trusted.plan(), examined.plan());
    for (int run = 1; run < runs; run++) {
      worst =
          BackendComparison.worse(
              worst, BackendComparison.compare(trusted.plan(), examined.plan()));
    }
    return worst;
  }

  private static void print(PrintWriter out, List<Row> rows) {
    String format = "%5s  %-28s  %7s  %8s  %11s  %11s%n";
    out.printf(format, "node", "op", "error", "element", "expected", "received");
    for (Row row : rows) {
      String op = row.nodes().size() == 1 ? row.name() : "together";
      out.printf(
          Locale.ROOT,
          format,
          Lines.shortened(numbers(rows, row), 5),
          Lines.shortened(op, 28),
          String.format(Locale.ROOT, "%.2g", row.worst().error()),
          row.worst().index(),
          String.format(Locale.ROOT, "%.5g", row.worst().expected()),
          String.format(Locale.ROOT, "%.5g", row.worst().received()));
    }
  }

  /** Numbers of the nodes of a row, such as {@code 12} or {@code 12+13}. */
  private static String numbers(List<Row> rows, Row row) {
    List<Node> nodes = alone(rows).flatMap(single -> single.nodes().stream()).toList();
    return row.nodes().stream()
        .map(node -> Integer.toString(nodes.indexOf(node)))
        .collect(Collectors.joining("+"));
  }

  private static Stream<Row> alone(List<Row> rows) {
    return rows.stream().filter(row -> row.nodes().size() == 1);
  }

  private static String count(List<Row> rows) {
    long nodes = alone(rows).count();
    long groups = rows.size() - nodes;
    return groups == 0
        ? "%d nodes".formatted(nodes)
        : "%d nodes and %d groups of them".formatted(nodes, groups);
  }
}
