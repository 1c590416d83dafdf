package engram.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.bench.record.RunFolders;
import engram.bench.subject.TinyMnist;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Small sweeps as a person starts them, and what they leave.
 *
 * @param temp folder of the plans
 * @param data as {@code --data} takes it
 */
public record Sweeps(Path temp, String data) {
  private static final String BREAKS =
      """
      import engram.cl.catalog.StrategyCatalog;
      import engram.cl.catalog.StrategyProvider;
      import engram.cl.state.State;
      import engram.cl.strategy.Strategy;
      import engram.cl.strategy.TaskEnd;

      public class Breaks implements StrategyProvider {
        public StrategyCatalog.Entry entry() {
          return StrategyCatalog.strategy("breaks", "no paper", c -> new Own())
              .does("breaks after its first task");
        }

        private static class Own implements Strategy {
          public void afterTask(TaskEnd end) {
            throw new IllegalStateException("it breaks here");
          }

          public void state(State state) {}
        }
      }
      """;

  /** With images that take no time. */
  public static Sweeps in(Path temp) throws IOException {
    return new Sweeps(temp, TinyMnist.write(temp, 5, 2));
  }

  /** A strategy that breaks, as a plan names it. */
  public Path breaks() throws IOException {
    return Files.writeString(temp.resolve("Breaks.java"), BREAKS);
  }

  /**
   * A plan of units that take no time.
   *
   * @param strategies one, or a list in brackets
   * @param more lines behind the base
   */
  public Path plan(String strategies, String more) throws IOException {
    return write(
        """
        base:
          data: %s
          network: mlp 6 1
          tasks: 2
          epochs: 1
          batch: 10
          buffer: 10
          strategies: %s
        %s\
        """
            .formatted(data, strategies, more));
  }

  /** A plan of any text. */
  public Path write(String text) throws IOException {
    return Files.writeString(temp.resolve("plan.yaml"), text);
  }

  /** What a command came to. */
  public record Result(int exit, String printed, String errors) {
    @Override
    public String toString() {
      return printed + errors;
    }
  }

  /** {@code engram sweep} within this process. */
  public static Result sweep(Path plan, Path out, String... more) {
    StringWriter printed = new StringWriter();
    StringWriter errors = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of(plan.toString(), "--out=" + out));
    arguments.addAll(Arrays.asList(more));
    int exit =
        new CommandLine(new SweepCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(errors))
            .execute(arguments.toArray(String[]::new));
    return new Result(exit, printed.toString(), errors.toString());
  }

  /** Every unit has the same bytes, but for times; their marks, which have times, are removed. */
  public static void assertSame(Path expected, Path actual) throws IOException {
    assertEquals(units(expected), units(actual));
    for (String unit : units(expected)) {
      RunFolders.assertSame(
          withoutMark(expected.resolve("units").resolve(unit)),
          withoutMark(actual.resolve("units").resolve(unit)));
    }
  }

  private static List<String> units(Path sweep) throws IOException {
    try (Stream<Path> units = Files.list(sweep.resolve("units"))) {
      return units
          .filter(Files::isDirectory)
          .map(unit -> String.valueOf(unit.getFileName()))
          .sorted()
          .toList();
    }
  }

  private static Path withoutMark(Path unit) throws IOException {
    Files.delete(unit.resolve(DoneMark.FILE));
    return unit;
  }
}
