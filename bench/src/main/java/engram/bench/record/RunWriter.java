package engram.bench.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.bench.file.ConfigFile;
import engram.bench.file.CsvOut;
import engram.bench.picture.AccuracyChart;
import engram.bench.picture.ConfusionChart;
import engram.cl.catalog.Strategies;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.RunEvent.EpochFinished;
import engram.cl.metrics.Confusion;
import engram.cl.result.PairedDifference;
import engram.cl.result.StrategyRun;
import engram.cl.result.StrategySummary;
import engram.cl.result.TaskResult;
import engram.cl.task.ClassOrder;
import engram.cl.task.TaskSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Fills a run folder while the experiment runs: what is done is on disk, so that an interrupted run
 * leaves the results of all tasks that it finished.
 */
public final class RunWriter implements Consumer<RunEvent> {
  private final RunFolder folder;
  private final Strategies known;
  private final TaskSplit split;
  private final List<String> labelNames;
  private final Pictures pictures;
  private final List<EpochFinished> epochs = new ArrayList<>();
  private final List<TaskResult> results = new ArrayList<>();
  private final CsvOut classAccuracies = ResultTables.classAccuracies();
  private final Map<Long, ClassOrder> orders = new HashMap<>();
  private final List<StrategyRun> runs = new ArrayList<>();

  /**
   * A writer for one experiment.
   *
   * @param known the strategies that can be named
   * @param labelNames name of the class behind each label
   */
  public RunWriter(RunFolder folder, Strategies known, TaskSplit split, List<String> labelNames) {
    this(folder, known, split, labelNames, new Pictures(folder));
  }

  RunWriter(
      RunFolder folder,
      Strategies known,
      TaskSplit split,
      List<String> labelNames,
      Pictures pictures) {
    this.folder = folder;
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
    String comment = "This run again:  engram run --config FILE";
    folder.write(RunFiles.CONFIG, out -> ConfigFile.write(comment, config, out));
    folder.write(
        RunFiles.CARD,
        out -> ConfigFile.write("What has to be the same before figures compare", card, out));
    writeJson(RunFiles.ENVIRONMENT, environment);
  }

  /** Why there will be no pictures, with what to do; empty when all is well. */
  public Optional<String> problemWithPictures() {
    return pictures.problem();
  }

  /**
   * Writes what {@code event} adds.
   *
   * @throws UncheckedIOException with a message for people, if the disk does not take it
   */
  @Override
  public void accept(RunEvent event) {
    try {
      switch (event) {
        case EpochFinished epoch -> {
          epochs.add(epoch);
          folder.write(RunFiles.METRICS, ResultTables.epochs(epochs));
        }
        case RunEvent.TaskEvaluated evaluated -> {
          results.add(evaluated.result());
          orders.put(evaluated.result().seed(), evaluated.split().order());
          ResultTables.addClassAccuracies(classAccuracies, evaluated);
          folder.write(RunFiles.RESULTS, ResultTables.results(results));
          folder.write(RunFiles.CLASS_ACCURACY, classAccuracies);
        }
        case RunEvent.StrategyFinished finished -> {
          runs.add(finished.run());
          writeStrategy(finished.run().strategy());
        }
        case RunEvent.ExperimentFinished finished -> writeEnd(finished);
        case RunEvent.ExperimentStarted _,
            RunEvent.Resumed _,
            RunEvent.StrategyStarted _,
            RunEvent.EpochProgress _,
            RunEvent.LossRead _,
            RunEvent.TrainingEnded _ -> {}
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Both tables are there however early it ended. */
  private void writeEnd(RunEvent.ExperimentFinished finished) throws IOException {
    folder.write(RunFiles.METRICS, ResultTables.epochs(epochs));
    folder.write(RunFiles.RESULTS, ResultTables.results(results));
    writeJson(
        RunFiles.SUMMARY,
        SummaryJson.toJson(finished.runs(), finished.seconds(), finished.interrupted()));
    folder.write(
        RunFiles.SUMMARY_TABLE, SummaryMarkdown.markdown(finished.runs(), known, split.tasks()));
    List<PairedDifference> pairs = PairedDifference.of(finished.runs());
    folder.write(RunFiles.DIFFERENCES, ResultTables.differences(pairs));
  }

  private void writeStrategy(String strategy) throws IOException {
    folder.write(RunFiles.ACCURACY_MATRIX, ResultTables.matrices(runs, StrategyRun::matrix));
    folder.write(RunFiles.TASK_AWARE_MATRIX, ResultTables.matrices(runs, StrategyRun::taskAware));
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
