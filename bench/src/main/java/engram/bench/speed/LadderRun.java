package engram.bench.speed;

import engram.backend.Backend;
import engram.bench.console.Durations;
import engram.bench.console.Lines;
import engram.bench.ladder.Ladder;
import engram.bench.measure.Limits;
import engram.bench.measure.Machine;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints the ladders of {@code bench/LADDER.md}: each rung, its rate, and its gain. */
final class LadderRun {
  private static final String LINE = "%-15s  %10s  %8s  %8s  %12s%n";

  private LadderRun() {}

  /** Times both ladders, {@code seconds} for each rung. */
  static void run(PrintWriter out, double seconds) {
    out.print(Lines.wrapped(Machine.here().toString(), 10));
    out.flush();
    Optional<Limits> meter = Limits.ofProcessor(1);
    try (Backend engine = Ladder.engine()) {
      print(out, Ladder.matMul(512, 512, 512, engine), seconds, meter);
      print(out, Ladder.conv2d(8, 16, 32, 64, engine), seconds, meter);
    }
    meter.ifPresent(Limits::close);
  }

  private static void print(
      PrintWriter out, Ladder ladder, double seconds, Optional<Limits> meter) {
    ladder.verify();
    List<Ladder.Row> rows = ladder.time(seconds, () -> meter.ifPresent(Limits::gigaflops));
    double peak = meter.map(Limits::gigaflops).orElse(Double.NaN);
    out.printf(Locale.ROOT, "%n%s, one thread, FMA peak %.1f GFLOP/s%n", ladder.name(), peak);
    out.printf(LINE, "rung", "time", "GFLOP/s", "of peak", "times before");
    double before = rows.getFirst().seconds();
    for (Ladder.Row row : rows) {
      out.printf(
          LINE,
          row.rung(),
          Durations.small(row.seconds()),
          String.format(Locale.ROOT, "%.1f", row.gigaflops()),
          String.format(Locale.ROOT, "%.1f %%", 100 * row.gigaflops() / peak),
          String.format(Locale.ROOT, "%.2f", before / row.seconds()));
      before = row.seconds();
    }
    out.flush();
  }
}
