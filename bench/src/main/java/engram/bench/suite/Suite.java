package engram.bench.suite;

import engram.bench.measure.Roof;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
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
   * As many as {@code bench diff} needs to find a difference of 5 % nine times in ten where
   * processes differ by 3 %, as its test shows.
   */
  public static final int FORKS = 15;

  /**
   * Processes of eleven thirds of a second each. Until vectors are compiled a kernel runs a
   * thousand times slower, and that takes a second or two: hence the long warm-up.
   */
  public static Suite full(int forks, int threads) {
    return new Suite(forks, 6, 5, 350, threads);
  }

  /** One process of eleven fifths of a second: enough to see a factor, not a percent. */
  public static Suite quick(int threads) {
    return new Suite(1, 8, 3, 200, threads);
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

  /** Runs a job in one process; {@code forks} times this is the whole. */
  public Outcome run(Job job) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .warmupIterations(warmUps)
            .warmupTime(TimeValue.milliseconds(millis))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.milliseconds(millis))
            .jvmArgs(flags())
            .include(pattern(job))
            .addProfiler(PeakProfiler.class);
    job.params().forEach(options::param);
    if (!job.params().isEmpty()) {
      options.param("threads", String.valueOf(threads));
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

  private static String pattern(Job job) {
    return "^" + job.benchmark().getName().replace(".", "\\.") + "\\." + job.method() + "$";
  }

  /** Those of this process, as the launcher chose them, but for its archive of classes. */
  private static String[] flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.contains("SharedArchive") && !flag.startsWith("-Xlog"))
        .toArray(String[]::new);
  }

  private Measurement measurement(Job job, RunResult result) {
    List<Double> seconds =
        result.getBenchmarkResults().stream()
            .flatMap(process -> process.getIterationResults().stream())
            .map(iteration -> iteration.getPrimaryResult().getScore() / 1e9)
            .toList();
    Roof roof = new Roof(secondary(result, PeakProfiler.FMA), secondary(result, PeakProfiler.COPY));
    return new Measurement(
        job.name(),
        job.detail(),
        job.large(),
        job.device(),
        job.params().isEmpty() || job.device().equals("reference") ? 1 : threads,
        new Measurement.Times(List.of(seconds)),
        job.cost().get(),
        secondary(result, PeakProfiler.ALLOCATED),
        roof);
  }

  private static double secondary(RunResult result, String name) {
    Result<?> found = result.getSecondaryResults().get(name);
    return found == null ? 0 : found.getScore();
  }
}
