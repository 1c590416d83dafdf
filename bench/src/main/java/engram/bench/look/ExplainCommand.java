package engram.bench.look;

import engram.backend.Backend;
import engram.backend.Kernel;
import engram.backend.Way;
import engram.backend.opencl.OpenClBackend;
import engram.bench.console.Lines;
import engram.bench.console.Subcommand;
import engram.bench.measure.Limits;
import engram.bench.measure.MeasuredStep;
import engram.bench.measure.Roof;
import engram.bench.subject.StepOptions;
import engram.bench.subject.UpdateOptions;
import engram.inspect.Flow;
import engram.inspect.Profiler;
import engram.nn.train.TrainingStep;
import engram.plan.Plan;
import engram.tensor.Shape;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engram explain}: one training step as a table, node by node. */
@Command(
    name = "explain",
    modelTransformer = UpdateOptions.class,
    description = {
      "Shows one training step of a network as it runs: each node with its op, time (a device's own"
          + " clock where it has one), arithmetic rate and how much of the machine's limit it"
          + " reaches; below, its layer, shapes, bytes, and the norm of what it makes (for backward"
          + " nodes the norm of a gradient). engram graph has the same numbers.",
      "For a convolution or a product on the vector backend a last line names the way that was"
          + " chosen by its estimated cost, and how many times as long the others would take.",
      "The limit is that of the device, measured in the same process: multiply-adds a second where"
          + " a node computes much for the bytes it moves (fma), else the rate of copying main"
          + " memory (mem), which a node whose operands lie in the caches can pass.",
      "On an OpenCL device the kernels follow that it really starts, which may do several nodes or"
          + " a part of one.",
      ""
    },
    footer = {
      "  engram explain",
      "  engram explain --no-fusion --batch 16",
      "  engram explain --device opencl",
      "  engram explain --kd --device plain --threads 1",
      "  engram explain --network lenet --data mnist:PATH",
      "  engram explain --doctor --network MyNet.java",
      "  engram explain --doctor --data digits --optimizer sgd --lr 0.1 --momentum 0.9"
    })
public final class ExplainCommand extends Subcommand {
  @Spec private CommandSpec spec;
  @Mixin private StepOptions options;
  @Mixin private DeviceOptions device;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "runs of which the median time is shown, after as many to warm up (50)")
  private int runs = 50;

  @Option(
      names = "--doctor",
      description =
          "train 200 steps on the batch instead, as the options say, and say what is wrong: exit"
              + " code 1 if anything is")
  private boolean doctor;

  @Override
  protected boolean run(PrintWriter out) {
    requireWithin("--runs", runs, 1, 10_000);
    MeasuredStep measured = options.step().with(given(() -> UpdateOptions.of(spec.commandLine())));
    if (doctor) {
      try (Backend backend = open(device.name(), device.threads(), out)) {
        return new Consultation(measured, backend).carryOut(out);
      }
    }
    try (Backend backend = open(device.name(), device.threads(), out)) {
      TrainingStep step = measured.training(backend);
      Optional<Limits> meter = Limits.of(backend, device.threads());
      meter.ifPresent(Limits::roof); // before and after: clocks may have changed
      List<Profiler.Row> rows = Profiler.profile(step.plan(), runs, runs);
      print(out, backend, step, rows, meter.map(Limits::roof));
      meter.ifPresent(Limits::close);
      double seconds = secondsOfWholeStep(step, runs);
      String whole =
          String.format(
              Locale.ROOT,
              "the whole step, no pause between nodes: %.2f ms, %,.0f images/s, %d kernels",
              1e3 * seconds,
              step.targets().elements() / seconds,
              step.plan().launches().size());
      out.print(Lines.wrapped(whole, 2));
      if (backend instanceof OpenClBackend) {
        printLaunches(out, step.plan());
      }
    }
    return true;
  }

  /** By the clock on the wall, so with the way of the kernels to the device and the waiting. */
  private static double secondsOfWholeStep(TrainingStep step, int runs) {
    Backend backend = step.plan().backend();
    backend.finish();
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      step.plan().run();
    }
    backend.finish();
    return (System.nanoTime() - start) / 1e9 / runs;
  }

  /** The kernels that a device really starts: many do several nodes, some a part of one. */
  private void printLaunches(PrintWriter out, Plan plan) {
    List<Kernel> launches = plan.launches();
    long[][] nanos = new long[launches.size()][runs];
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < nanos.length; i++) {
        nanos[i][run] = plan.backend().time(launches.get(i));
      }
    }
    double[] millis = new double[nanos.length];
    for (int i = 0; i < nanos.length; i++) {
      Arrays.sort(nanos[i]);
      millis[i] = nanos[i][runs / 2] / 1e6;
    }
    double total = Arrays.stream(millis).sum();
    out.println("its kernels, by the clock of the device:");
    for (int i = 0; i < millis.length; i++) {
      out.printf(
          Locale.ROOT,
          "%4d  %-32s  %8.3f ms  %5.1f %%%n",
          i,
          Lines.shortened(launches.get(i).toString(), 48),
          millis[i],
          100 * millis[i] / total);
    }
    out.printf(Locale.ROOT, "      %-32s  %8.3f ms%n", "all", total);
  }

  private static void print(
      PrintWriter out,
      Backend backend,
      TrainingStep step,
      List<Profiler.Row> rows,
      Optional<Roof> roof) {
    String format = "%4s  %-29s %8s  %6s  %7s %6s  %9s%n";
    out.print(Lines.wrapped("one training step on " + backend.description(), 2));
    out.printf(format, "node", "op", "ms", "share", "GFLOP/s", "GB/s", "limit");
    out.println("      phase, layer, shapes, bytes, norm");
    double total = rows.stream().mapToDouble(Profiler.Row::seconds).sum();
    int number = 0;
    for (Profiler.Row row : rows) {
      out.printf(
          format,
          number++,
          Lines.shortened(row.node().op().name(), 29),
          text("%.3f", 1e3 * row.seconds()),
          text("%.1f %%", 100 * row.seconds() / total),
          row.cost().flops() == 0 ? "-" : text("%.1f", row.gigaflops()),
          text("%.1f", row.gigabytes()),
          roof.map(limits -> limit(limits, row)).orElse("-"));
      String below =
          "      %s  %s  %s  %s MB  norm %s"
              .formatted(
                  row.node().phase().name().toLowerCase(Locale.ROOT),
                  Flow.layer(row.node()),
                  shapes(row),
                  text("%.2f", row.cost().bytes() / 1e6),
                  text("%.3g", row.norm()));
      out.print(Lines.wrapped(below, 8));
      List<Shape> inputs = row.node().inputs().stream().map(t -> t.shape()).toList();
      ways(backend.ways(row.node().op(), inputs)).ifPresent(text -> out.print(text));
    }
    long flops = rows.stream().mapToLong(row -> row.cost().flops()).sum();
    int images = step.targets().elements();
    String sum =
        String.format(
            Locale.ROOT,
            "%d nodes, %.2f ms, %.1f GFLOP/s, %,.0f images/s; intermediate values %.1f MB",
            rows.size(),
            1e3 * total,
            flops / total / 1e9,
            images / total,
            step.plan().arenaElements() * 4 / 1e6);
    out.print(Lines.wrapped(sum, 2));
    roof.map(limits -> reached(limits, flops / total / 1e9)).ifPresent(out::print);
  }

  /** What the backend chose for a node, and how much longer it thinks that the others take. */
  private static Optional<String> ways(List<Way> ways) {
    if (ways.isEmpty()) {
      return Optional.empty();
    }
    Way chosen = ways.getFirst();
    List<String> others =
        ways.stream()
            .skip(1)
            .map(way -> way.name() + text(" %.2f", way.cost() / chosen.cost()))
            .toList();
    String text = "      by " + chosen.name();
    return Optional.of(
        Lines.wrapped(
            others.isEmpty()
                ? text
                : text + "; estimated times as long: " + String.join(", ", others),
            8));
  }

  private static String reached(Roof limits, double gigaflops) {
    String text =
        String.format(
            Locale.ROOT,
            "limits in this process: FMA peak %.1f GFLOP/s (%.1f %% reached), copy %.1f GB/s",
            limits.gigaflops(),
            100 * gigaflops / limits.gigaflops(),
            limits.gigabytes());
    return Lines.wrapped(text, 2);
  }

  private static String limit(Roof roof, Profiler.Row row) {
    return text("%.0f %% ", 100 * roof.share(row.cost(), row.seconds()))
        + (roof.boundByArithmetic(row.cost()) ? "fma" : "mem");
  }

  private static String shapes(Profiler.Row row) {
    String inputs =
        String.join(" ", row.node().inputs().stream().map(t -> t.shape().toString()).toList());
    String output =
        row.node().outputs().isEmpty() ? "in place" : row.node().output().shape().toString();
    return (inputs + " -> " + output).replace(", ", ",");
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
