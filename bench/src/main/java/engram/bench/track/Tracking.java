package engram.bench.track;

import engram.bench.record.Origin;
import engram.bench.record.RunFiles;
import engram.cl.experiment.LossTerm;
import engram.cl.experiment.RunEvent;
import engram.cl.result.StrategyRun;
import engram.cl.result.StrategySummary;
import engram.cl.result.TaskResult;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells trackers what happens in an experiment: each strategy with each seed is a run of theirs.
 * Training does not wait for them, and no trouble of theirs reaches it. Put it behind the writer of
 * the run folder, whose pictures it sends on.
 */
public final class Tracking implements Consumer<RunEvent>, Stateful, AutoCloseable {
  /** At the end, before a person is told what is waited for. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Path folder;
  private final Map<String, ?> settings;
  private final List<Delivery> deliveries;
  private final Duration patience;
  private final Consumer<String> notice;

  /** Asked for when the first run begins: git takes a moment. */
  private Optional<Origin> origin = Optional.empty();

  private final List<String> incomplete = new ArrayList<>();
  private final Set<String> inTrouble = new HashSet<>();
  private int tasks;
  private String counted = "";
  private int epochs;
  private boolean inRun;

  /**
   * @param folder of the run; its name groups what belongs together
   * @param settings of the run, by name
   * @param patience how long {@link #close} may wait for servers
   * @param notice takes lines that a person should see
   */
  Tracking(
      Path folder,
      Map<String, ?> settings,
      List<Delivery> deliveries,
      Duration patience,
      Consumer<String> notice) {
    this.folder = folder;
    this.settings = settings;
    this.deliveries = deliveries;
    this.patience = patience;
    this.notice = notice;
  }

  @Override
  public void accept(RunEvent event) {
    switch (event) {
      case RunEvent.ExperimentStarted started -> tasks = started.tasks();
      case RunEvent.StrategyStarted started -> begin(started.strategy(), started.seed());
      // Pre-training is of no strategy: it comes before the first begins.
      case RunEvent.EpochFinished epoch when inRun -> {
        epochs++;
        scalars(figures(epoch));
      }
      case RunEvent.TaskEvaluated evaluated -> {
        tryAgain();
        scalars(figures(evaluated.result(), evaluated.taskAccuracies()));
      }
      case RunEvent.StrategyFinished finished -> {
        scalars(figures(finished.run()));
        image("confusion", RunFiles.confusionPicture(finished.run().strategy()));
        image("accuracy", RunFiles.ACCURACY_PICTURE);
        report();
        finish(finished.run().tasks().size() == tasks ? Outcome.FINISHED : Outcome.INTERRUPTED);
      }
      case RunEvent.StrategyDiverged _ -> finish(Outcome.FAILED);
      case RunEvent.ExperimentFinished finished -> finish(Outcome.INTERRUPTED);
      case RunEvent.EpochFinished _,
          RunEvent.Resumed _,
          RunEvent.EpochProgress _,
          RunEvent.LossRead _,
          RunEvent.StepMeasured _,
          RunEvent.TrainingEnded _ -> {}
    }
  }

  /**
   * The count of epochs goes on, in a run of its own where a tracker cannot add to a former one.
   */
  @Override
  public void state(State state) {
    counted = state.text("run", counted);
    epochs = state.number("epochs", epochs);
  }

  /** Ends a run that is still under way as failed, and waits for what is not yet delivered. */
  @Override
  public void close() {
    finish(Outcome.FAILED);
    deliveries.forEach(Delivery::tryAgain);
    if (!await(GRACE)) {
      notice.accept("tracking: still sending, for at most %d s".formatted(patience.toSeconds()));
      await(patience);
    }
    for (Delivery delivery : deliveries) {
      Optional<String> missing = delivery.stop();
      missing.ifPresent(notice);
      missing.ifPresent(_ -> incomplete.add(delivery.target()));
    }
  }

  /** What a tracker did not take is said once, and offered again after each task. */
  private void tryAgain() {
    for (Delivery delivery : deliveries) {
      delivery
          .trouble()
          .filter(_ -> inTrouble.add(delivery.target()))
          .ifPresent(
              why ->
                  notice.accept(
                      "%s: %s\nThe run goes on; it is tried again after each task."
                          .formatted(delivery.target(), why)));
      delivery.tryAgain();
    }
  }

  /** Names of the trackers that did not get everything; known when this is closed. */
  public List<String> incomplete() {
    return List.copyOf(incomplete);
  }

  private boolean await(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    boolean all = true;
    for (Delivery delivery : deliveries) {
      all &= delivery.await(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
    return all;
  }

  private void begin(String strategy, long seed) {
    if (!counted.equals(RunFiles.name(strategy, seed))) {
      epochs = 0;
      counted = RunFiles.name(strategy, seed);
    }
    inRun = true;
    if (deliveries.isEmpty()) {
      return;
    }
    origin = origin.or(() -> Optional.of(Origin.here()));
    String group = String.valueOf(folder.getFileName());
    TrackedRun run = TrackedRun.of(strategy, seed, group, origin.orElseThrow(), settings);
    deliveries.forEach(delivery -> delivery.begin(run));
  }

  private void finish(Outcome outcome) {
    if (inRun) {
      tell(tracker -> tracker.finish(outcome));
    }
    inRun = false;
  }

  private void scalars(Map<String, Double> values) {
    Moment now = Moment.now(epochs);
    tell(tracker -> tracker.scalars(now, values));
  }

  private void tell(Delivery.News news) {
    deliveries.forEach(delivery -> delivery.send(news));
  }

  /** The picture that the run folder has, if it has one: some machines cannot draw. */
  private void image(String name, String file) {
    Path path = folder.resolve(file);
    if (deliveries.isEmpty() || !Files.exists(path)) {
      return;
    }
    try {
      Picture picture = Picture.of(Files.readAllBytes(path));
      Moment now = Moment.now(epochs);
      tell(tracker -> tracker.image(now, name, picture));
    } catch (IOException e) {
      notice.accept("tracking: %s was not sent: %s".formatted(path, e.getMessage()));
    }
  }

  /** The page as the strategy's last task left it. */
  private void report() {
    Path path = folder.resolve(RunFiles.REPORT);
    if (deliveries.isEmpty() || !Files.exists(path)) {
      return;
    }
    try {
      byte[] page = Files.readAllBytes(path);
      tell(tracker -> tracker.file(RunFiles.REPORT, page, "text/html"));
    } catch (IOException e) {
      notice.accept("tracking: %s was not sent: %s".formatted(path, e.getMessage()));
    }
  }

  private static Map<String, Double> figures(RunEvent.EpochFinished epoch) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("train/task", epoch.id().task() + 1.0);
    for (LossTerm term : epoch.losses()) {
      figures.put("train/" + term.name(), term.value());
    }
    if (epoch.seconds() > 0) {
      figures.put("train/images_per_second", epoch.imagesPerSecond());
    }
    return figures;
  }

  /** Percent, as in {@code results.csv}. */
  private static Map<String, Double> figures(TaskResult result, List<Double> taskAccuracies) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("test/task", result.task() + 1.0);
    figures.put("test/seen_classes", (double) result.seenClasses());
    figures.put("test/accuracy", result.accuracy());
    figures.put("test/task_mean_accuracy", result.taskMeanAccuracy());
    figures.put("test/macro_accuracy", result.macroAccuracy());
    for (int i = 0; i < taskAccuracies.size(); i++) {
      figures.put("test/accuracy_task_" + (i + 1), taskAccuracies.get(i));
    }
    return figures;
  }

  private static Map<String, Double> figures(StrategyRun run) {
    StrategySummary summary = StrategySummary.of(List.of(run)).getFirst();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("final/accuracy", summary.finalAccuracy().mean());
    figures.put("final/average_incremental_accuracy", summary.average().mean());
    summary.forgetting().ifPresent(e -> figures.put("final/forgetting", e.mean()));
    summary.backwardTransfer().ifPresent(e -> figures.put("final/backward_transfer", e.mean()));
    figures.put("final/task_told_accuracy", summary.taskAware().mean());
    figures.put("final/seconds", run.seconds());
    run.memory()
        .ifPresent(
            memory -> {
              figures.put("final/memory_images", (double) memory.images());
              figures.put("final/memory_bytes", (double) memory.bytes());
            });
    return figures;
  }
}
