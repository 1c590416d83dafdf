package engram.bench.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.backend.Backend;
import engram.bench.live.Live;
import engram.bench.record.BestEffort;
import engram.bench.record.CheckpointNotes;
import engram.bench.record.DoctorNotes;
import engram.bench.record.Environment;
import engram.bench.record.RunFiles;
import engram.bench.record.RunFolder;
import engram.bench.record.RunRecorder;
import engram.bench.record.RunWriter;
import engram.bench.record.Space;
import engram.bench.record.StateFiles;
import engram.bench.report.Report;
import engram.bench.track.Targets;
import engram.bench.track.Tracking;
import engram.cl.doctor.RunDoctor;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StepWatch;
import engram.cl.experiment.StopRequest;
import engram.cl.memory.Capacity;
import engram.cl.result.StrategyRun;
import engram.cl.settings.Settings;
import engram.cl.state.Snapshot;
import engram.cl.state.State;
import engram.nn.Network;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Carries out a run in its folder: hangs writers, trackers and report on an experiment. */
public final class RunExecution {
  /** At the start of a task and now, each with two moments, a teacher and importances. */
  private static final int NETWORKS_OF_A_STATE = 8;

  private static final int TABLES_OF_A_STRATEGY = 500_000;

  private final OpenRun run;
  private final Backend backend;
  private final RunFolder folder;
  private final Targets trackers;
  private final StopRequest stop;
  private final StateFiles.Pace pace;
  private final Consumer<RunEvent> screen;
  private final Consumer<String> notice;
  private Optional<Consumer<String>> findings = Optional.empty();
  private final BestEffort extras;
  private final RunWriter writer;
  private final RunRecorder recorder;
  private OptionalInt livePort = OptionalInt.empty();

  /**
   * What a run reached.
   *
   * @param runs each strategy with each seed, in the order in which they ran
   * @param interrupted whether it was stopped before its end
   * @param diverged strategies whose training diverged: they are not among the runs
   * @param missing a line that says what could not be written, with the reason
   * @param complete whether all tables and networks are there
   * @param costOfStates for a person: the time that training waited for states
   */
  public record Outcome(
      List<StrategyRun> runs,
      boolean interrupted,
      List<RunEvent.StrategyDiverged> diverged,
      Optional<String> missing,
      boolean complete,
      String costOfStates) {}

  /**
   * @param trackers where it can be followed
   * @param stop ends it after a batch
   * @param pace how often states are written
   * @param screen shows how it goes
   * @param notice takes lines that a person should see
   */
  public RunExecution(
      OpenRun run,
      Backend backend,
      RunFolder folder,
      Targets trackers,
      StopRequest stop,
      StateFiles.Pace pace,
      Consumer<RunEvent> screen,
      Consumer<String> notice) {
    this.run = run;
    this.backend = backend;
    this.folder = folder;
    this.trackers = trackers;
    this.stop = stop;
    this.pace = pace;
    this.screen = screen;
    this.notice = notice;
    extras = new BestEffort(folder, notice);
    writer =
        new RunWriter(
            folder,
            extras,
            run.config().plugins().strategies(),
            run.tasks().split(),
            run.tasks().labelNames());
    recorder = new RunRecorder(extras);
  }

  /**
   * Lets a doctor watch the training. Results are the same.
   *
   * @param say takes each finding
   */
  public void consultDoctor(Consumer<String> say) {
    findings = Optional.of(say);
  }

  /**
   * Lets browsers look on.
   *
   * @param port of the page, on this machine; 0 for one that is free
   */
  public void showLive(int port) {
    livePort = OptionalInt.of(port);
  }

  /**
   * Runs it from its start, in an empty folder.
   *
   * @param command arguments of the command line, for {@code env.json}
   * @throws IOException if the folder cannot be written
   */
  public Outcome begin(List<String> command) throws IOException {
    writer.writeStart(run.config().toMap(), run.card(backend), environment(command));
    return carryOut(Optional.empty());
  }

  /**
   * Goes on with the run in the folder, where its last state is, or from its start if it has none.
   * The folder becomes as if the run had never been interrupted.
   *
   * @param command arguments of the command line, for {@code env.json}
   * @throws IOException naming what differs, if it was begun with another version, data or
   *     settings; or if the folder cannot be written
   */
  public Outcome goOn(List<String> command) throws IOException {
    FormerRun former = new FormerRun(folder.path());
    Optional<Snapshot> state = former.states(notice).findFirst();
    if (state.isPresent()) {
      former.requireSame(run, backend, state.get());
      folder.removeParts();
    } else {
      notice.accept("%s has no state to go on from: it begins anew".formatted(folder.path()));
      folder.removeResults();
    }
    writer.writeGoingOn(run.card(backend), environment(command));
    return carryOut(state);
  }

  private ObjectNode environment(List<String> command) {
    return Environment.now(command, backend.description(), run.config().threads());
  }

  private Outcome carryOut(Optional<Snapshot> from) throws IOException {
    writer.problemWithPictures().ifPresent(notice);
    Space.shortage(folder.path(), spaceNeeded())
        .ifPresent(line -> notice.accept(line + ": what does not fit will be missing"));
    RunConfig config = run.config();
    RunIdentity identity = RunIdentity.of(run, backend);
    Optional<RunDoctor> doctor =
        findings.map(say -> new RunDoctor(new DoctorNotes(folder.path(), extras, say)));
    AtomicBoolean interrupted = new AtomicBoolean();
    List<RunEvent.StrategyDiverged> diverged = new ArrayList<>();
    List<StrategyRun> runs;
    Tracking tracked = trackers.open(folder.path(), config.toMap(), notice);
    Optional<Live> live = live();
    Closeable closing = () -> live.ifPresent(Live::close);
    try (tracked;
        closing) {
      StateFiles states =
          new StateFiles(
              folder.path(),
              state -> {
                State parts = state.taking().in(FormerRun.PART);
                identity.addTo(parts);
                listeners(parts, tracked, live);
              },
              pace,
              notice);
      from.ifPresent(state -> listeners(FormerRun.parts(run, state), tracked, live));
      // Tracking sends pictures that the writer drew; the report reads tables that it wrote.
      Consumer<RunEvent> consumers =
          screen
              .andThen(writer)
              .andThen(tracked)
              .andThen(recorder)
              .andThen(event -> doctor.ifPresent(watching -> watching.accept(event)))
              .andThen(event -> live.ifPresent(page -> page.accept(event)))
              .andThen(this::save)
              .andThen(event -> note(event, interrupted, diverged))
              .andThen(extras);
      Experiment experiment =
          new Experiment(
              config.settings(),
              config.plugins(),
              run.dataset(),
              backend,
              consumers,
              stop,
              doctor.<StepWatch>map(watching -> watching).orElse(StepWatch.EVERY_TENTH),
              live.map(Live::probe),
              Optional.of(states));
      runs = from.map(experiment::resume).orElseGet(experiment::run);
      if (interrupted.get()) {
        states.problem().ifPresent(why -> extras.lost("a state to go on from", why));
      } else {
        StateFiles.remove(folder.path());
        if (extras.lacksResults()) {
          extras.tryAgain(); // where the states were there is room
        }
        if (extras.lacksResults()) {
          folder.removePictures();
          extras.lost("pictures", "removed, so that there is room for results");
          extras.tryAgain();
        }
      }
    }
    tracked.incomplete().forEach(name -> extras.lost("records of " + name, "see above"));
    return new Outcome(
        runs,
        interrupted.get(),
        diverged,
        extras.missing(),
        !extras.lacksResults(),
        writer.costOfStates());
  }

  /** What listens to the run remembers, on its way into a state and back. */
  private void listeners(State state, Tracking tracked, Optional<Live> live) {
    writer.state(state.in("writer"));
    recorder.state(state.in("recorder"));
    tracked.state(state.in("tracking"));
    if (state.flag("looked into", live.isPresent())) {
      live.ifPresent(page -> page.state(state.in("live")));
    }
  }

  private Optional<Live> live() throws IOException {
    if (livePort.isEmpty()) {
      return Optional.empty();
    }
    Settings settings = run.config().settings();
    Live live =
        new Live(
            livePort.getAsInt(),
            folder.path(),
            extras,
            seed -> Experiment.tasks(settings, run.dataset(), seed),
            stop);
    notice.accept("live %s".formatted(live.address()));
    return Optional.of(live);
  }

  private static void note(
      RunEvent event, AtomicBoolean interrupted, List<RunEvent.StrategyDiverged> diverged) {
    if (event instanceof RunEvent.ExperimentFinished finished) {
      interrupted.set(finished.interrupted());
    } else if (event instanceof RunEvent.Resumed resumed) {
      diverged.addAll(resumed.diverged());
    } else if (event instanceof RunEvent.StrategyDiverged one) {
      diverged.add(one);
    }
  }

  /** Three states at most, a network for each strategy and seed, tables and pictures; roughly. */
  private long spaceNeeded() {
    Settings settings = run.config().settings();
    long network = Float.BYTES * run.parameters();
    Capacity memory = settings.rehearsal().capacity();
    long images = (long) memory.images() * memory.keptBytes(run.dataset().train().imageBytes());
    long strategies = settings.strategies().size() * (long) settings.protocol().seeds();
    return 3 * (NETWORKS_OF_A_STATE * network + 2 * images)
        + strategies * (network + TABLES_OF_A_STRATEGY);
  }

  /**
   * After each task the page is made anew, so that a run that is interrupted, by whatever, leaves
   * the report of what it reached, be it the epochs of its first task alone; the network that a
   * strategy ended with, or was stopped with, is saved.
   */
  private void save(RunEvent event) {
    if (event instanceof RunEvent.TaskEvaluated
        || event instanceof RunEvent.StrategyDiverged
        || (event instanceof RunEvent.ExperimentFinished ended && ended.interrupted())) {
      Path page = folder.path().resolve(RunFiles.REPORT);
      extras.make(RunFiles.REPORT, () -> Report.write(List.of(folder.path()), page));
    } else if (event
        instanceof
        RunEvent.TrainingEnded(String strategy, long seed, Network network, boolean byLogits)) {
      Settings settings = run.config().settings();
      List<String> classes = Experiment.tasks(settings, run.dataset(), seed).labelNames();
      CheckpointNotes notes =
          new CheckpointNotes(
              strategy,
              seed,
              settings.recipe().input(run.dataset().train()).normalisation().text(),
              classes.subList(0, Math.min(network.classes(), classes.size())),
              byLogits);
      String name = RunFiles.checkpoint(strategy, seed);
      extras.make(
          name, BestEffort.Worth.NETWORK, () -> notes.save(network, folder.path().resolve(name)));
    }
  }
}
