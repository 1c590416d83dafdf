package engram.learn.continual;

import engram.backend.Backend;
import engram.cl.catalog.StrategyProvider;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.cl.metrics.Estimate;
import engram.cl.plugin.Plugins;
import engram.cl.result.PairedDifference;
import engram.cl.result.StrategyRun;
import engram.cl.settings.Settings;
import engram.data.digits.GeneratedDigits;
import engram.device.Devices;
import engram.learn.exercise.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Grades the capstone: a strategy of the learner's own beside {@code er}, as engram run does it.
 */
final class MineCheck {
  private static final int SEEDS = 6;

  /** One that is not ahead after these is not run on all. */
  private static final int FIRST_SEEDS = 2;

  private static final String BEATEN = "er";

  /** What decides the results, as on the command line of {@code engram run}. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "tasks", "5",
          "network", "mlp 64 1",
          "epochs", "3",
          "batch", "32",
          "buffer", "20");

  private MineCheck() {}

  static Verdict check(StrategyProvider mine) {
    Plugins plugins = Plugins.of(mine);
    String name = mine.entry().name();
    try (Backend backend = Devices.open("vector", 1, line -> {})) {
      List<StrategyRun> first = runs(plugins, name, FIRST_SEEDS, backend);
      return ahead(first).mean() <= 0
          ? behind(name, first)
          : compared(name, runs(plugins, name, SEEDS, backend));
    }
  }

  private static List<StrategyRun> runs(Plugins plugins, String name, int seeds, Backend backend) {
    Map<String, String> options = new HashMap<>(OPTIONS);
    options.put("strategies", name + "," + BEATEN);
    options.put("seeds", String.valueOf(seeds));
    return new Experiment(
            Settings.of(options, false),
            plugins,
            GeneratedDigits.generate(1, new GeneratedDigits.Size(30, 10), 1),
            backend,
            MineCheck::look,
            new StopRequest())
        .run();
  }

  private static void look(RunEvent event) {
    if (event instanceof RunEvent.StrategyDiverged diverged) {
      throw new Verdict.Stop(
          Verdict.failed("training came to NaN or infinity")
              .and(diverged.toString())
              .likely("a loss that grows without bound, a division by 0, or the logarithm of 0"));
    }
  }

  private static Estimate ahead(List<StrategyRun> runs) {
    return PairedDifference.of(runs).getFirst().difference();
  }

  private static Verdict behind(String name, List<StrategyRun> runs) {
    double mean = ahead(runs).mean();
    return Verdict.failed(
            String.format(
                Locale.ROOT,
                "%s is %.1f points %s %s after %d seeds",
                name,
                Math.abs(mean),
                mean < 0 ? "behind" : "ahead of",
                BEATEN,
                FIRST_SEEDS))
        .and(accuracies(name, runs))
        .and(accuracies(BEATEN, runs))
        .likely(
            mean == 0
                ? "it computes the very same as er"
                : "er forgets because each batch of new classes pushes all old ones down: what does"
                    + " your loss do about that?");
  }

  private static Verdict compared(String name, List<StrategyRun> runs) {
    Estimate ahead = ahead(runs);
    String interval =
        "%s ahead of %s by %s points, 95 %% interval over %d paired seeds"
            .formatted(name, BEATEN, ahead.toText(), ahead.count());
    if (ahead.mean() - ahead.halfWidth().orElseThrow() > 0) {
      return Verdict.passed(accuracies(name, runs), accuracies(BEATEN, runs), interval);
    }
    return Verdict.failed(interval)
        .and(accuracies(name, runs))
        .and(accuracies(BEATEN, runs))
        .and("it runs, and may well be better; to pass, the whole interval is to be above 0");
  }

  private static String accuracies(String name, List<StrategyRun> runs) {
    double[] finals =
        runs.stream()
            .filter(run -> run.strategy().equals(name))
            .mapToDouble(run -> 100 * run.matrix().pooled(run.matrix().tasks() - 1))
            .toArray();
    String each =
        String.join(
            " ",
            DoubleStream.of(finals).mapToObj(a -> String.format(Locale.ROOT, "%.1f", a)).toList());
    return "%s ends at %s %% of all digits, seed by seed".formatted(name, each);
  }
}
