package engram.bench.track;

import engram.bench.record.Origin;
import engram.bench.record.RunFiles;
import engram.cl.experiment.RunEvent;
import engram.cl.state.State;
import engram.cl.state.Stateful;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** What trackers that took a report had to say, by their names; from their threads. */
  private final Map<String, String> heard = new ConcurrentHashMap<>();

  private final Set<String> said = new HashSet<>();
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
        scalars(Figures.of(epoch));
      }
      case RunEvent.TaskEvaluated evaluated -> {
        tryAgain();
        scalars(Figures.of(evaluated.result(), evaluated.taskAccuracies()));
      }
      case RunEvent.StrategyFinished finished -> {
        scalars(Figures.of(finished.run()));
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
    sayWhatWasHeard();
  }

  /** Of each tracker once. */
  private void sayWhatWasHeard() {
    heard.forEach(
        (target, line) -> {
          if (said.add(target)) {
            notice.accept("%s: %s".formatted(target, line));
          }
        });
  }

  /** What a tracker did not take is said once, and offered again after each task. */
  private void tryAgain() {
    sayWhatWasHeard();
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
      for (Delivery delivery : deliveries) {
        String target = delivery.target();
        delivery.send(
            tracker ->
                tracker.report(RunFiles.REPORT, page).ifPresent(it -> heard.put(target, it)));
      }
    } catch (IOException e) {
      notice.accept("tracking: %s was not sent: %s".formatted(path, e.getMessage()));
    }
  }
}
