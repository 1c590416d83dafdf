package engram.bench.record;

import com.fasterxml.jackson.databind.JsonNode;
import engram.bench.file.ConfigFile;
import engram.bench.file.CsvIn;
import engram.bench.file.JsonIn;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.RunEvent.StrategyDiverged;
import engram.cl.result.TaskResult;
import engram.cl.settings.Option;
import engram.cl.settings.Options;
import engram.cl.task.ClassOrder;
import engram.cl.task.Scenario;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run folder as it was left, finished or not.
 *
 * @param folder where it is
 * @param config settings of {@code config.yaml}
 * @param card fields of the protocol card; none in folders from before there was one
 * @param environment content of {@code env.json}
 * @param classNames name of each class by the data set's number, in the order in which the first
 *     seed meets them
 * @param pictures PNG of an image of each class, side by side, in that order
 * @param strategies each strategy with each seed, in the order in which they ran
 * @param epochs all epochs that were done, those of a task that was not finished, too
 * @param diverged those whose training diverged: none of them is among the others
 */
public record RecordedRun(
    Path folder,
    Map<String, Object> config,
    Map<String, String> card,
    JsonNode environment,
    Map<Integer, String> classNames,
    byte[] pictures,
    List<RecordedStrategy> strategies,
    List<RecordedEpoch> epochs,
    List<StrategyDiverged> diverged) {

  /**
   * Reads a folder.
   *
   * @throws IOException naming the file, if it is no run folder, holds no task that was done, or is
   *     damaged
   */
  public static RecordedRun read(Path folder) throws IOException {
    requireRun(folder);
    RecordedRun run = soFar(folder);
    if (run.strategies.isEmpty()) {
      throw new IOException("%s holds no task that was done".formatted(folder));
    }
    return run;
  }

  /**
   * The same of a run that may have done no task yet: then it has no strategies, no classes and no
   * pictures, but what it was to do and the epochs that it did.
   */
  public static RecordedRun soFar(Path folder) throws IOException {
    Path config = folder.resolve(RunFiles.CONFIG);
    if (!Files.exists(folder.resolve(RunFiles.TASKS)) && Files.exists(config)) {
      return new RecordedRun(
          folder,
          ConfigFile.read(config),
          card(folder.resolve(RunFiles.CARD)),
          JsonIn.read(folder.resolve(RunFiles.ENVIRONMENT)),
          Map.of(),
          new byte[0],
          List.of(),
          ResultTables.readEpochs(folder.resolve(RunFiles.METRICS)),
          divergedIn(folder));
    }
    requireRun(folder);
    return readTasks(folder);
  }

  /** Those of a run in a folder whose training diverged; nothing else of it is read. */
  public static List<StrategyDiverged> divergedIn(Path folder) throws IOException {
    return ResultTables.readDiverged(folder.resolve(RunFiles.DIVERGED));
  }

  private static void requireRun(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "%s: %s"
              .formatted(
                  folder, Files.exists(folder) ? "this is no folder" : "there is no such folder"));
    }
    if (!Files.exists(folder.resolve(RunFiles.TASKS))) {
      throw new IOException(
          "%s holds no task that was done: no %s there\nName the folder of a run, such as runs/run1"
              .formatted(folder, RunFiles.TASKS));
    }
  }

  private static RecordedRun readTasks(Path folder) throws IOException {
    Map<Integer, String> names = new LinkedHashMap<>();
    for (CsvIn.Row row : CsvIn.read(folder.resolve(RunFiles.CLASSES))) {
      names.put(row.integer("class"), row.text("name"));
    }
    Map<String, Object> config = ConfigFile.read(folder.resolve(RunFiles.CONFIG));
    Map<Long, TaskSplit> splits = splits(folder.resolve(RunFiles.TASKS), scenario(config));
    for (TaskSplit split : splits.values()) {
      for (int number : split.order().classes()) {
        if (!names.containsKey(number)) {
          throw new IOException(
              "%s has no class %d, which a task brings"
                  .formatted(folder.resolve(RunFiles.CLASSES), number));
        }
      }
    }
    JsonNode environment = JsonIn.read(folder.resolve(RunFiles.ENVIRONMENT));
    List<StrategyDiverged> diverged = divergedIn(folder);
    List<RecordedStrategy> strategies = new ArrayList<>();
    for (List<TaskResult> results : results(folder.resolve(RunFiles.RESULTS))) {
      TaskResult first = results.getFirst();
      Path own = folder.resolve(RunFiles.ofStrategy(first.strategy(), first.seed()));
      TaskSplit split = splits.get(first.seed());
      // The results of a task are written before its record: a kill may have come between.
      boolean counts =
          diverged.stream()
              .noneMatch(d -> d.strategy().equals(first.strategy()) && d.seed() == first.seed());
      if (counts && split != null && Files.exists(own.resolve(RunFiles.CONFUSION))) {
        List<Long> peaks = Environment.peaks(environment, first.strategy(), first.seed());
        strategies.add(new StrategyReader(own, split, peaks).read(results));
      }
    }
    return new RecordedRun(
        folder,
        config,
        card(folder.resolve(RunFiles.CARD)),
        environment,
        names,
        RunFiles.readPng(folder.resolve(RunFiles.CLASS_PICTURES)),
        List.copyOf(strategies),
        ResultTables.readEpochs(folder.resolve(RunFiles.METRICS)),
        List.copyOf(diverged));
  }

  /** Names and values of the settings as people write them, in the order of the file. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    config.forEach(
        (name, value) ->
            settings.put(
                Option.nameOfToday(name, Options.ALL),
                value instanceof List<?> list
                    ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    : String.valueOf(value)));
    settings.replace("preset", "seed", "course"); // its name in older runs
    return settings;
  }

  /** What is left to do, as a sentence; empty when all is done. */
  public Optional<String> left() {
    Map<String, String> settings = settings();
    long seeds = Long.parseLong(settings.getOrDefault("seeds", "1"));
    long names = settings.getOrDefault("strategies", "").split(", ").length;
    long all = names * seeds;
    List<RecordedStrategy> begun =
        strategies.stream().filter(s -> s.run().tasks().size() < s.split().tasks()).toList();
    long ended =
        diverged.stream()
            .mapToLong(d -> d.strategy().equals(Experiment.PRE_TRAINING) ? names : 1)
            .sum();
    long done = (long) strategies.size() - begun.size() + ended;
    String under =
        begun.stream()
            .map(
                s ->
                    ", %s (seed %d) has done %d of %d tasks"
                        .formatted(
                            s.run().strategy(),
                            s.run().seed(),
                            s.run().tasks().size(),
                            s.split().tasks()))
            .collect(Collectors.joining());
    return done >= all
        ? Optional.empty()
        : Optional.of("%d of %d strategies and seeds are done%s".formatted(done, all, under));
  }

  private static Map<String, String> card(Path file) throws IOException {
    Map<String, String> card = new LinkedHashMap<>();
    if (Files.exists(file)) {
      ConfigFile.read(file).forEach((field, value) -> card.put(field, String.valueOf(value)));
    }
    return card;
  }

  /** That of older runs is not said. */
  private static Scenario scenario(Map<String, Object> config) throws IOException {
    try {
      return Scenario.parse(String.valueOf(config.getOrDefault("scenario", Scenario.CLASS)));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(RunFiles.CONFIG, e.getMessage()), e);
    }
  }

  private static Map<Long, TaskSplit> splits(Path file, Scenario scenario) throws IOException {
    Map<Long, List<Integer>> order = new TreeMap<>();
    Map<Long, Map<Integer, Integer>> sizes = new TreeMap<>();
    for (CsvIn.Row row : CsvIn.read(file)) {
      long seed = row.whole("seed");
      order.computeIfAbsent(seed, s -> new ArrayList<>()).add(row.integer("class"));
      sizes.computeIfAbsent(seed, s -> new TreeMap<>()).merge(row.integer("task"), 1, Integer::sum);
    }
    Map<Long, TaskSplit> splits = new TreeMap<>();
    for (Map.Entry<Long, List<Integer>> entry : order.entrySet()) {
      List<Integer> ofSeed = List.copyOf(sizes.getOrDefault(entry.getKey(), Map.of()).values());
      try {
        List<Integer> classes = entry.getValue();
        boolean permuted = scenario.kind() == Scenario.Kind.PERMUTED;
        ClassOrder met = new ClassOrder(permuted ? classes.stream().distinct().toList() : classes);
        splits.put(entry.getKey(), new TaskSplit(met, new TaskSizes(ofSeed), scenario));
      } catch (IllegalArgumentException e) {
        throw new IOException("%s, seed %d: %s".formatted(file, entry.getKey(), e.getMessage()), e);
      }
    }
    return splits;
  }

  /** The results of each strategy with each seed, in the order of the file. */
  private static Collection<List<TaskResult>> results(Path file) throws IOException {
    return ResultTables.readResults(file).stream()
        .collect(
            Collectors.groupingBy(
                result -> List.of(result.strategy(), result.seed()),
                LinkedHashMap::new,
                Collectors.toList()))
        .values();
  }
}
