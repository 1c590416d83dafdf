package engram.bench.compare;

import engram.base.WholeFile;
import engram.bench.console.Columns;
import engram.bench.console.Durations;
import engram.bench.console.Lines;
import engram.bench.console.Subcommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram bench diff A B}: what became faster, what slower, and what nobody can say. */
@Command(
    name = "diff",
    description = {
      "Compares two folders of engram bench row by row: faster, slower or undecided, the change of"
          + " the time from A to B, and its 95 %% interval over processes. A row is called where"
          + " the 98 %% interval leaves out 0.",
      ""
    },
    footer = {
      "  engram bench diff runs/bench1 runs/bench2",
      "  engram bench diff runs/bench1 runs/bench2 --csv diff.csv"
    })
public final class DiffCommand extends Subcommand {
  @Parameters(index = "0", paramLabel = "A", description = "the folder before")
  private Path a = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "the folder after")
  private Path b = Path.of("");

  @Option(names = "--csv", paramLabel = "FILE", description = "write the rows there, too")
  private Optional<Path> csv = Optional.empty();

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    csv.ifPresent(
        file -> require(!Files.exists(file), file + " is there already: nothing is overwritten"));
    BenchFolder before = BenchFolder.read(a);
    BenchFolder after = BenchFolder.read(b);
    Comparison comparison = Comparison.of(before, after);
    out.print(Lines.wrapped("A  " + a, 3));
    out.print(Lines.wrapped("B  " + b, 3));
    before
        .differences(after)
        .forEach(line -> out.print(Lines.wrapped(line + ": what changed may be that", 2)));
    comparison.lines().stream()
        .map(line -> device(line.row()))
        .distinct()
        .reduce((one, other) -> one + ", " + other)
        .ifPresent(devices -> out.print(Lines.wrapped("on " + devices, 3)));
    out.println();
    if (!comparison.lines().isEmpty()) {
      out.print(Columns.text(table(comparison)));
      out.println();
    }
    only(out, "A", comparison.onlyA());
    only(out, "B", comparison.onlyB());
    tooFew(out, comparison);
    out.printf(
        "%d faster, %d slower, %d undecided%n",
        comparison.count(Shift.Verdict.FASTER),
        comparison.count(Shift.Verdict.SLOWER),
        comparison.count(Shift.Verdict.UNDECIDED));
    if (csv.isPresent()) {
      WholeFile.write(csv.get(), comparison.csv());
    }
    return true;
  }

  /** Devices stand in the rows only where there are several. */
  private static List<List<String>> table(Comparison comparison) {
    boolean several =
        comparison.lines().stream().map(line -> device(line.row())).distinct().count() > 1;
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "A", "B", "B is", "time", "95 % interval"));
    for (Comparison.Line line : comparison.lines()) {
      Shift shift = line.shift();
      rows.add(
          List.of(
              several ? line.row().name() + " on " + device(line.row()) : line.row().name(),
              Durations.small(line.medianA() / 1e6),
              Durations.small(line.medianB() / 1e6),
              line.verdict(),
              percent(shift.ratio()),
              shift.low() > 0
                  ? percent(shift.low()).replace(" %", " to ") + percent(shift.high())
                  : "too few forks"));
    }
    return rows;
  }

  private static String device(BenchFolder.Row row) {
    return row.device() + " x" + row.threads();
  }

  private static String percent(double ratio) {
    return "%+.1f %%".formatted(100 * (ratio - 1));
  }

  private static void only(PrintWriter out, String side, List<BenchFolder.Row> rows) {
    if (!rows.isEmpty()) {
      String names =
          rows.stream()
              .map(row -> row.name() + " on " + device(row))
              .collect(Collectors.joining(", "));
      out.print(Lines.wrapped("only in " + side + ": " + names, 2));
    }
  }

  private static void tooFew(PrintWriter out, Comparison comparison) {
    List<Comparison.Line> rows = comparison.tooFew();
    if (!rows.isEmpty()) {
      String line =
          "%d row%s cannot be called: too few processes, %d and %d in %s; measure with --forks 15"
              .formatted(
                  rows.size(),
                  rows.size() == 1 ? "" : "s",
                  rows.getFirst().a().size(),
                  rows.getFirst().b().size(),
                  rows.getFirst().row().name());
      out.print(Lines.wrapped(line, 2));
    }
  }
}
