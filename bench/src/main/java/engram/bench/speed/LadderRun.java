package engram.bench.speed;

import engram.backend.Backend;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.Session;
import engram.bench.console.Durations;
import engram.bench.console.Lines;
import engram.bench.kernel.OpenClKernel;
import engram.bench.ladder.Ladder;
import engram.bench.ladder.OpenClLadder;
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

  /** Times both ladders in Java, {@code seconds} for each rung. */
  static void run(PrintWriter out, double seconds) {
    printHead(out);
    Optional<Limits> meter = Limits.ofProcessor(1);
    try (Backend engine = Ladder.engine()) {
      print(out, Ladder.matMul(512, 512, 512, engine), seconds, meter, "one thread");
      print(out, Ladder.conv2d(8, 16, 32, 64, engine), seconds, meter, "one thread");
    }
    meter.ifPresent(Limits::close);
  }

  /** Times the ladder in OpenCL C on all of a device. */
  static void runOpenCl(PrintWriter out, double seconds, String name, Backend engine) {
    printHead(out);
    OpenClDevice device = OpenClKernel.device(name);
    try (Session session = new Session(device)) {
      int size = session.isCpu() ? 512 : 2048;
      Ladder ladder = OpenClLadder.matMul(size, size, size, session, engine);
      print(out, ladder, seconds, Limits.of(engine, 1), device.name());
    }
  }

  private static void printHead(PrintWriter out) {
    out.print(Lines.wrapped(Machine.here().toString(), 10));
    out.flush();
  }

  private static void print(
      PrintWriter out, Ladder ladder, double seconds, Optional<Limits> meter, String where) {
    ladder.verify();
    List<Ladder.Row> rows = ladder.time(seconds, () -> meter.ifPresent(Limits::gigaflops));
    double peak = meter.map(Limits::gigaflops).orElse(Double.NaN);
    out.println();
    out.print(
        Lines.wrapped(
            String.format(Locale.ROOT, "%s, %s, FMA peak %.1f GFLOP/s", ladder.name(), where, peak),
            2));
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
