package engram.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.bench.record.RunFolders;
import engram.bench.subject.TinyMnist;
import engram.bench.sweep.DoneMark;
import engram.bench.sweep.SweepCommand;
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

/** Small sweeps as a person starts them, and what they leave. */
record Sweeps(Path temp, String data) {

  static Sweeps in(Path temp) throws IOException {
    return new Sweeps(temp, TinyMnist.write(temp, 5, 2));
  }

  /** What a command came to. */
  record Result(int exit, String printed) {}

  /** A plan with two seeds of each strategy. */
  Path plan(String strategies, int epochs) throws IOException {
    return Files.writeString(
        temp.resolve("plan.yaml"),
        """
        base:
          data: %s
          network: mlp 6 1
          tasks: 2
          epochs: %d
          batch: 10
          buffer: 10
          device: plain
          strategies: %s
        seeds: 1..2
        """
            .formatted(data, epochs, strategies));
  }

  static Result sweep(Path plan, Path out, String... more) {
    StringWriter printed = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of(plan.toString(), "--out=" + out));
    arguments.addAll(Arrays.asList(more));
    int exit =
        new CommandLine(new SweepCommand())
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(printed))
            .execute(arguments.toArray(String[]::new));
    return new Result(exit, printed.toString());
  }

  /** Every unit has the same bytes, but for times. */
  static void assertSame(Path expected, Path actual) throws IOException {
    assertEquals(units(expected), units(actual));
    for (String unit : units(expected)) {
      RunFolders.assertSame(
          withoutMark(expected.resolve("units").resolve(unit)),
          withoutMark(actual.resolve("units").resolve(unit)));
    }
  }

  static List<String> units(Path sweep) throws IOException {
    try (Stream<Path> units = Files.list(sweep.resolve("units"))) {
      return units
          .filter(Files::isDirectory)
          .map(unit -> String.valueOf(unit.getFileName()))
          .sorted()
          .toList();
    }
  }

  /** The mark has the time that the unit took, and hashes of files that have times. */
  private static Path withoutMark(Path unit) throws IOException {
    Files.delete(unit.resolve(DoneMark.FILE));
    return unit;
  }
}
