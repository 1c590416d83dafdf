package engram.bench.suite;

import engram.bench.measure.ReferenceStep;
import engram.bench.measure.Roof;
import engram.device.Devices;
import engram.graph.Node;
import engram.op.Cost;
import engram.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs benchmarks in processes of their own, with the flags of this one.
 *
 * @param forks processes for each benchmark: compilation differs from one to the next
 * @param warmUps iterations that do not count
 * @param iterations iterations that count
 * @param millis length of an iteration
 * @param threads threads of a device
 */
public record Suite(int forks, int warmUps, int iterations, int millis, int threads) {

  /**
   * Three or more processes of eleven half seconds each. Until vectors are compiled a kernel runs a
   * thousand times slower, and that takes a second or two: hence the long warm-up.
   */
  public static Suite full(int forks, int threads) {
    return new Suite(forks, 6, 5, 500, threads);
  }

  /** One process of eleven fifths of a second: enough to see a factor, not a percent. */
  public static Suite quick(int threads) {
    return new Suite(1, 8, 3, 200, threads);
  }

  /** One benchmark that is still to run. */
  public sealed interface Job {
    /** Name of the measurement. */
    String name();

    /** Where it runs. */
    String device();
  }

  /** A case of an op. */
  public record OpJob(BenchCase benchCase, String device) implements Job {
    @Override
    public String name() {
      return benchCase.id();
    }
  }

  /** The training step. */
  public record StepJob(int batch, String device) implements Job {
    @Override
    public String name() {
      return "training step/" + batch;
    }
  }

  /** Loading; {@code method} is that of {@link LoadingBenchmark}. */
  public record LoadingJob(String method) implements Job {
    @Override
    public String name() {
      return "loading/" + method;
    }

    @Override
    public String device() {
      return "java";
    }
  }

  /** All jobs: every case on every device, the training step, loading. */
  public static List<Job> jobs(List<String> devices) {
    List<Job> jobs = new ArrayList<>(opJobs(BenchCases.all(), devices));
    devices.forEach(device -> jobs.add(new StepJob(64, device)));
    jobs.add(new LoadingJob("fillBatch"));
    jobs.add(new LoadingJob("decode"));
    return jobs;
  }

  /**
   * Cases on devices. The reference is measured on declared cases alone: at the network's sizes one
   * run of a definition takes seconds, and nobody needs to know how many.
   */
  public static List<Job> opJobs(List<BenchCase> cases, List<String> devices) {
    List<Job> jobs = new ArrayList<>();
    for (BenchCase benchCase : cases) {
      for (String device : devices) {
        if (!(device.equals("reference") && benchCase.isLarge())) {
          jobs.add(new OpJob(benchCase, device));
        }
      }
    }
    return jobs;
  }

  /**
   * What came of a job.
   *
   * @param measurement empty if it failed in its process, such as by a wrong result
   * @param log all that JMH and the processes said
   */
  public record Outcome(Optional<Measurement> measurement, String log) {
    private static final Pattern REASON = Pattern.compile("(?:Exception|Error): (.*)");

    /** Why it failed, as far as the log says. */
    public String reason() {
      Matcher reason = REASON.matcher(log);
      return reason.find() ? reason.group(1) : "no reason given";
    }
  }

  /** Runs one benchmark. */
  public Outcome run(Job job) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(forks)
            .warmupIterations(warmUps)
            .warmupTime(TimeValue.milliseconds(millis))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.milliseconds(millis))
            .jvmArgs(flags())
            .addProfiler(PeakProfiler.class);
    switch (job) {
      case OpJob op ->
          options
              .include(pattern(OpBenchmark.class, "op"))
              .param("id", op.name())
              .param("device", op.device)
              .param("threads", String.valueOf(threads));
      case StepJob step ->
          options
              .include(pattern(StepBenchmark.class, "step"))
              .param("batch", String.valueOf(step.batch))
              .param("device", step.device)
              .param("threads", String.valueOf(threads));
      case LoadingJob loading -> options.include(pattern(LoadingBenchmark.class, loading.method));
    }
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    OutputFormat format =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(log, true, StandardCharsets.UTF_8), VerboseMode.NORMAL);
    Collection<RunResult> results = new Runner(options.build(), format).run();
    return new Outcome(
        results.stream().findFirst().map(result -> measurement(job, result)),
        log.toString(StandardCharsets.UTF_8));
  }

  private static String pattern(Class<?> benchmark, String method) {
    return "^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$";
  }

  /** Those of this process, as the launcher chose them, but for its archive of classes. */
  private static String[] flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.contains("SharedArchive") && !flag.startsWith("-Xlog"))
        .toArray(String[]::new);
  }

  private Measurement measurement(Job job, RunResult result) {
    Statistics nanos = result.getPrimaryResult().getStatistics();
    Measurement.Times times =
        new Measurement.Times(
            nanos.getPercentile(50) / 1e9,
            nanos.getMin() / 1e9,
            nanos.getMax() / 1e9,
            forks,
            nanos.getN());
    Roof roof = new Roof(peak(result, PeakProfiler.FMA), peak(result, PeakProfiler.COPY));
    return switch (job) {
      case OpJob op ->
          new Measurement(
              op.name(),
              op.benchCase.opCase().toString(),
              op.benchCase.isLarge(),
              op.device,
              threads(op.device),
              times,
              op.benchCase.opCase().op().cost(op.benchCase.opCase().inputs()),
              roof);
      case StepJob step ->
          new Measurement(
              step.name(),
              "reference network, Adam, loss read every step; dense arithmetic",
              true,
              step.device,
              threads(step.device),
              times,
              stepCost(step.batch),
              roof);
      case LoadingJob loading ->
          new Measurement(
              loading.name(),
              loading.method.equals("decode")
                  ? "one picture, 48 x 48 to 32 x 32"
                  : "64 pictures, bytes to floats",
              false,
              loading.device(),
              1,
              times,
              loadingCost(loading.method),
              roof);
    };
  }

  private int threads(String device) {
    return device.equals("reference") ? 1 : threads;
  }

  private static double peak(RunResult result, String name) {
    Result<?> peak = result.getSecondaryResults().get(name);
    return peak == null ? 0 : peak.getScore();
  }

  /** Dense arithmetic, whatever fusion and sparsity save; bytes as the plan's ops count them. */
  private static Cost stepCost(int batch) {
    ReferenceStep step = ReferenceStep.of(batch);
    long bytes = 0;
    try (var backend = Devices.open("plain", 1, line -> {})) {
      for (Node node : step.training(backend).plan().steps()) {
        bytes += node.op().cost(node.inputs().stream().map(Tensor::shape).toList()).bytes();
      }
    }
    return new Cost(batch * step.denseTrainingFlops(), bytes);
  }

  private static Cost loadingCost(String method) {
    long values = 3L * LoadingBenchmark.SIDE * LoadingBenchmark.SIDE;
    return method.equals("decode")
        ? new Cost(0, 3L * LoadingBenchmark.FILE_SIDE * LoadingBenchmark.FILE_SIDE + values)
        : new Cost(0, LoadingBenchmark.BATCH * values * 5);
  }
}
