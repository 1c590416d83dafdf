package engram.bench.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.bench.file.ConfigFile;
import engram.bench.file.CsvOut;
import engram.bench.file.JsonIn;
import engram.bench.picture.AccuracyChart;
import engram.bench.picture.ConfusionChart;
import engram.cl.catalog.Strategies;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.RunEvent.EpochFinished;
import engram.cl.experiment.RunEvent.StrategyDiverged;
import engram.cl.metrics.Confusion;
import engram.cl.result.PairedDifference;
import engram.cl.result.StrategyRun;
import engram.cl.result.StrategySummary;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import engram.cl.task.ClassOrder;
import engram.cl.task.TaskSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fills a run folder while the experiment runs: what is done is on disk, so that an interrupted run
 * leaves the results of all tasks that it finished.
 */
public final class RunWriter implements Consumer<RunEvent>, Stateful {
  private final RunFolder folder;
  private final Strategies known;
  private final TaskSplit split;
  private final List<String> labelNames;
  private final Pictures pictures;
  private final CsvOut epochs = ResultTables.epochs();
  private final CsvOut results = ResultTables.results();
  private final CsvOut classAccuracies = ResultTables.classAccuracies();
  private final Map<Long, ClassOrder> orders = new TreeMap<>();
  private final List<StrategyRun> runs = new ArrayList<>();
  private final BestEffort extras;
  private ObjectNode environment = JsonNodeFactory.instance.objectNode();
  private final List<StrategyDiverged> diverged = new ArrayList<>();
  private long start = System.nanoTime();
  private double secondsBefore;
  private String costOfStates = "";

  /**
   * A writer for one experiment.
   *
   * @param extras for what the run can do without
   * @param known the strategies that can be named
   * @param labelNames name of the class behind each label
   */
  public RunWriter(
      RunFolder folder,
      BestEffort extras,
      Strategies known,
      TaskSplit split,
      List<String> labelNames) {
    this(folder, extras, known, split, labelNames, new Pictures(extras));
  }

  RunWriter(
      RunFolder folder,
      BestEffort extras,
      Strategies known,
      TaskSplit split,
      List<String> labelNames,
      Pictures pictures) {
    this.folder = folder;
    this.extras = extras;
    this.known = known;
    this.split = split;
    this.labelNames = List.copyOf(labelNames);
    this.pictures = pictures;
  }

  /**
   * Writes options, protocol card and environment, before training begins.
   *
   * @param card fields of {@code engram.bench.protocol.ProtocolCard}
   */
  public void writeStart(Map<String, ?> config, Map<String, String> card, ObjectNode environment)
      throws IOException {
    writeCard(card);
    writeJson(RunFiles.ENVIRONMENT, environment);
    this.environment = environment;
    // Last, as it makes the folder one that can be gone on in: the other two are there by then.
    String comment = "This run again:  engram run --config FILE";
    folder.write(RunFiles.CONFIG, out -> ConfigFile.write(comment, config, out));
  }

  /**
   * Adds to the environment of a run that another process began this one, under {@code resumed}.
   * Options and card stay as they are, so that all is as if it had never been interrupted.
   */
  public void writeGoingOn(Map<String, String> card, ObjectNode environment) throws IOException {
    if (!Files.exists(folder.path().resolve(RunFiles.CARD))) {
      writeCard(card);
    }
    Path file = folder.path().resolve(RunFiles.ENVIRONMENT);
    ObjectNode all = environment;
    if (Files.exists(file)) {
      all = JsonIn.read(file);
      all.withArrayProperty("resumed").add(environment);
    }
    writeJson(RunFiles.ENVIRONMENT, all);
    this.environment = all;
  }

  private void writeCard(Map<String, String> card) throws IOException {
    folder.write(
        RunFiles.CARD,
        out -> ConfigFile.write("What has to be the same before figures compare", card, out));
  }

  /** Why there will be no pictures, with what to do; empty when all is well. */
  public Optional<String> problemWithPictures() {
    return pictures.problem();
  }

  /** Writes what {@code event} adds; what the disk does not take waits in memory. */
  @Override
  public void accept(RunEvent event) {
    switch (event) {
      case EpochFinished epoch -> {
        ResultTables.addEpoch(epochs, epoch);
        extras.writeTable(RunFiles.METRICS, epochs);
      }
      case RunEvent.TaskEvaluated evaluated -> {
        results.add(ResultTables.cells(evaluated.result()));
        orders.put(evaluated.result().seed(), evaluated.split().order());
        ResultTables.addClassAccuracies(classAccuracies, evaluated);
        extras.writeTable(RunFiles.RESULTS, results);
        extras.writeTable(RunFiles.CLASS_ACCURACY, classAccuracies);
        Environment.addPeak(environment, evaluated.result());
        extras.make(RunFiles.ENVIRONMENT, () -> writeJson(RunFiles.ENVIRONMENT, environment));
      }
      case RunEvent.Resumed resumed -> {
        // Cuts what was written after the state.
        runs.addAll(resumed.done());
        diverged.addAll(resumed.diverged());
        extras.writeTable(RunFiles.METRICS, epochs);
        extras.writeTable(RunFiles.RESULTS, results);
        extras.writeTable(RunFiles.CLASS_ACCURACY, classAccuracies);
        if (!diverged.isEmpty()) {
          extras.writeTable(RunFiles.DIVERGED, ResultTables.diverged(diverged));
        }
      }
      case RunEvent.StrategyFinished finished -> {
        runs.add(finished.run());
        writeStrategy(finished.run().strategy());
      }
      case RunEvent.StrategyDiverged one -> {
        diverged.add(one);
        extras.writeTable(RunFiles.DIVERGED, ResultTables.diverged(diverged));
      }
      case RunEvent.ExperimentFinished finished -> writeEnd(finished);
      case RunEvent.ExperimentStarted _,
          RunEvent.StrategyStarted _,
          RunEvent.EpochProgress _,
          RunEvent.LossRead _,
          RunEvent.StepMeasured _,
          RunEvent.TrainingEnded _ -> {}
    }
  }

  /** Both tables are there however early it ended. The summary comes last: with it all is there. */
  private void writeEnd(RunEvent.ExperimentFinished finished) {
    extras.writeTable(RunFiles.METRICS, epochs);
    extras.writeTable(RunFiles.RESULTS, results);
    Optional<List<RecordedFinding>> findings = findings();
    String table =
        SummaryMarkdown.markdown(
            finished.runs(), diverged, findings.orElse(List.of()), known, split.tasks());
    extras.writeTable(RunFiles.SUMMARY_TABLE, out -> out.write(table.getBytes(UTF_8)));
    List<PairedDifference> pairs = PairedDifference.of(finished.runs());
    extras.writeTable(RunFiles.DIFFERENCES, ResultTables.differences(pairs));
    double seconds = seconds();
    ObjectNode summary =
        SummaryJson.toJson(finished.runs(), diverged, findings, seconds, finished.interrupted());
    summary.put("saving_seconds", Math.round(finished.saving() * 1e4) / 1e4);
    costOfStates =
        String.format(
            Locale.ROOT,
            "states %.2f s, %.1f %%",
            finished.saving(),
            100 * finished.saving() / seconds);
    extras.make(
        RunFiles.SUMMARY,
        BestEffort.Worth.TABLE,
        () -> {
          if (extras.lacksTableBut(RunFiles.SUMMARY) && !finished.interrupted()) {
            throw new IOException("%s comes when all tables are there".formatted(RunFiles.SUMMARY));
          }
          writeJson(RunFiles.SUMMARY, summary);
        });
  }

  /** For a person: the time that training waited for states; known when the experiment is over. */
  public String costOfStates() {
    return costOfStates;
  }

  /** Those of a doctor, if one watched; none where its file cannot be read back. */
  private Optional<List<RecordedFinding>> findings() {
    try {
      return RecordedFinding.in(List.of(folder.path()));
    } catch (IOException e) {
      extras.lost("findings in the summary", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Wall time of the experiment, with that of former processes. */
  private double seconds() {
    return secondsBefore + (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void state(State state) {
    secondsBefore = state.real("seconds", seconds());
    start = System.nanoTime();
    epochs.state(state.in("epochs"));
    results.state(state.in("results"));
    classAccuracies.state(state.in("classes"));
    String seeds =
        state.text(
            "seeds",
            orders.keySet().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    for (String seed : seeds.isEmpty() ? new String[0] : seeds.split(" ")) {
      int[] order =
          Optional.ofNullable(orders.get(Long.parseLong(seed)))
              .map(met -> met.classes().stream().mapToInt(number -> number).toArray())
              .orElse(new int[0]);
      orders.put(
          Long.parseLong(seed),
          new ClassOrder(IntStream.of(state.ints("order" + seed, order)).boxed().toList()));
    }
  }

  private void writeStrategy(String strategy) {
    extras.writeTable(RunFiles.ACCURACY_MATRIX, ResultTables.matrices(runs, StrategyRun::matrix));
    extras.writeTable(
        RunFiles.TASK_AWARE_MATRIX, ResultTables.matrices(runs, StrategyRun::taskAware));
    List<Integer> seenClasses =
        IntStream.range(0, split.tasks()).mapToObj(split::seenClasses).toList();
    pictures.write(
        RunFiles.ACCURACY_PICTURE, () -> AccuracyChart.draw(StrategySummary.of(runs), seenClasses));
    List<Integer> firstLabels =
        IntStream.range(0, split.tasks()).mapToObj(split::firstLabel).toList();
    pictures.write(
        RunFiles.confusionPicture(strategy),
        () -> ConfusionChart.draw(strategy, overSeeds(strategy), labelNames, firstLabels));
  }

  /** Test images of all seeds of a strategy together, as far as labels mean the same classes. */
  private Confusion overSeeds(String strategy) {
    List<Confusion> seeds =
        runs.stream()
            .filter(run -> run.strategy().equals(strategy))
            .filter(run -> orders.getOrDefault(run.seed(), split.order()).equals(split.order()))
            .map(StrategyRun::confusion)
            .toList();
    Confusion all = new Confusion(seeds.stream().mapToInt(Confusion::classes).max().orElseThrow());
    seeds.forEach(all::addAll);
    return all;
  }

  private void writeJson(String name, ObjectNode json) throws IOException {
    folder.write(
        name, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }
}
