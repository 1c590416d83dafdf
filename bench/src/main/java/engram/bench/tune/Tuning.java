package engram.bench.tune;

import engram.backend.Backend;
import engram.bench.console.Columns;
import engram.bench.console.Lines;
import engram.bench.file.ConfigFile;
import engram.bench.record.RunFolder;
import engram.bench.run.Alternatives;
import engram.bench.run.RunConfig;
import engram.bench.run.RunOptions;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.StopRequest;
import engram.cl.result.StrategyRun;
import engram.cl.result.StrategySummary;
import engram.cl.settings.Choice;
import engram.cl.settings.Option;
import engram.cl.task.Scenario;
import engram.cl.task.TaskSplit;
import engram.data.Dataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * One search: what is varied, and what is the same in all trials.
 *
 * @param grid what is varied
 * @param given options of a run as texts, by their long names
 * @param halving whether to search by successive halving
 * @param firstTasks how many tasks are learnt
 */
record Tuning(Grid grid, SequencedMap<String, String> given, boolean halving, int firstTasks) {
  Tuning {
    for (String name : grid.axes().keySet()) {
      if (!RunOptions.tunable().contains(name)) {
        throw new IllegalArgumentException(
            RunOptions.names().contains(name)
                ? "grid: --%s is the same for all trials; give it beside --grid".formatted(name)
                : "grid: " + Choice.unknown("option", name, RunOptions.tunable()).getMessage());
      }
    }
    for (String name : List.of("epochs", "iterations")) {
      if (halving && grid.axes().containsKey(name)) {
        throw new IllegalArgumentException(
            "--halving chooses the epochs of each trial: leave %s out of the grid".formatted(name));
      }
    }
  }

  /** The first choice as a run on held-out tracks, once all of them are known to make sense. */
  RunConfig base() {
    List<RunConfig> all =
        grid.combinations().stream().map(choice -> resolve(choice, Map.of())).toList();
    all.forEach(RunConfig::requireFits);
    if (halving && all.getFirst().settings().training().iterations() > 0) {
      throw new IllegalArgumentException(
          "--halving chooses the epochs of each trial, and iterations take their place: leave them"
              + " out");
    }
    return all.getFirst();
  }

  /** Fails unless the data has so many tasks. */
  void requireTasks(Dataset dataset) {
    split(dataset);
  }

  private TaskSplit split(Dataset dataset) {
    var settings = base().settings();
    TaskSplit split = Experiment.tasks(settings, dataset, settings.protocol().seed()).split();
    if (firstTasks < 1 || firstTasks > split.tasks()) {
      throw new IllegalArgumentException(
          "first-tasks is %s, expected 1 to %s".formatted(firstTasks, split.tasks()));
    }
    return split;
  }

  /** Sizes of the first tasks; one number alone would be a number of tasks. */
  private String firstTasks(Dataset dataset) {
    TaskSplit split = split(dataset);
    if (split.scenario().kind() == Scenario.Kind.PERMUTED) {
      return String.valueOf(firstTasks);
    }
    List<Integer> sizes = split.sizes().sizes().subList(0, firstTasks);
    return firstTasks == 1 ? "1x" + sizes.getFirst() : Option.text(sizes);
  }

  private RunConfig resolve(Map<String, String> choice, Map<String, String> fixed) {
    Alternatives.requireOne(choice);
    SequencedMap<String, String> all = Alternatives.over(choice, given);
    all.putAll(fixed);
    all.put("validate", "true");
    RunConfig config = RunConfig.of(all);
    if (config.settings().strategies().size() > 1) {
      throw new IllegalArgumentException("a search is for one strategy: name it with --strategies");
    }
    return config;
  }

  /**
   * Searches, and writes {@code trials.csv} and {@code best.yaml}.
   *
   * @param dataset that of {@link #base}, so without test images
   * @param folder a new one, or that of this search, which then goes on
   * @return the best trial
   */
  Trial.Done run(Dataset dataset, Backend backend, RunFolder folder, PrintWriter out)
      throws IOException {
    Map<String, String> fixed = Map.of("tasks", firstTasks(dataset));
    requireSameSearch(folder);
    TrialLog log = new TrialLog(folder, List.copyOf(grid.axes().keySet()));
    List<SequencedMap<String, String>> choices = grid.combinations();
    String head =
        """
        %s, %d classes in tasks of %s
        %d choices, trials in %s
        """
            .formatted(
                dataset.description(),
                split(dataset).seenClasses(firstTasks - 1),
                fixed.get("tasks"),
                choices.size(),
                folder.path());
    out.print(Lines.wrapped(head, 2));
    out.flush();
    Trial.Done best =
        new Search(halving, base().settings().training().epochs())
            .best(
                choices,
                trial ->
                    log.find(trial)
                        .orElseGet(
                            () -> noted(log, trial, measure(trial, fixed, dataset, backend), out)));
    if (best.score().equals(Trial.Score.DIVERGED)) {
      throw new IOException("training diverged in every trial: try a smaller lr");
    }
    SequencedMap<String, String> config = Alternatives.over(best.trial().options(), given);
    config.remove("validate");
    config.remove("validation-seed");
    folder.write(
        "best.yaml", file -> ConfigFile.write("engram tune: the best of trials.csv", config, file));
    out.printf("%n%s%nengram run --config %s%n", table(log), folder.path().resolve("best.yaml"));
    out.flush();
    return best;
  }

  private Trial.Score measure(
      Trial trial, Map<String, String> fixed, Dataset dataset, Backend backend) {
    SequencedMap<String, String> all = new LinkedHashMap<>(fixed);
    if (halving) {
      all.put("epochs", String.valueOf(trial.epochs()));
    }
    RunConfig config = resolve(trial.options(), all);
    Experiment experiment =
        new Experiment(
            config.settings(), config.plugins(), dataset, backend, _ -> {}, new StopRequest());
    List<StrategyRun> runs = experiment.run();
    if (runs.size() < config.settings().protocol().seeds()) {
      return Trial.Score.DIVERGED;
    }
    StrategySummary summary = StrategySummary.of(runs).getFirst();
    return new Trial.Score(
        summary.finalAccuracy().mean(), summary.average().mean(), summary.seconds().mean());
  }

  private static Trial.Score noted(TrialLog log, Trial trial, Trial.Score score, PrintWriter out) {
    try {
      log.add(new Trial.Done(trial, score));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    String line =
        score.equals(Trial.Score.DIVERGED)
            ? "  %s   training diverged".formatted(trial)
            : String.format(Locale.ROOT, "  %s   accuracy %.1f %%", trial, score.accuracy());
    out.print(Lines.wrapped(line, 4));
    out.flush();
    return score;
  }

  /** Longest trials first, the best of them at the top. */
  private static String table(TrialLog log) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(log.head("accuracy %"));
    log.done().stream()
        .sorted(
            Comparator.comparingInt((Trial.Done done) -> -done.trial().epochs())
                .thenComparingDouble(done -> -done.score().accuracy()))
        .map(TrialLog::row)
        .forEach(rows::add);
    return Columns.text(rows);
  }

  /** Notes what is searched, or checks that it is what was searched here before. */
  private void requireSameSearch(RunFolder folder) throws IOException {
    SequencedMap<String, Object> search = new LinkedHashMap<>();
    search.put("halving", String.valueOf(halving));
    search.put("first-tasks", String.valueOf(firstTasks));
    search.put("grid", grid.axes().entrySet().stream().map(String::valueOf).toList());
    search.put("options", given.entrySet().stream().map(String::valueOf).toList());
    Path file = folder.path().resolve("search.yaml");
    if (!Files.exists(file)) {
      folder.write("search.yaml", out -> ConfigFile.write("engram tune", search, out));
    } else if (!ConfigFile.read(file).toString().equals(search.toString())) {
      throw new IOException(
          "%s holds a search with other options: name another folder with --out"
              .formatted(folder.path()));
    }
  }
}
