package engram.bench.run;

import engram.backend.Backend;
import engram.bench.record.CheckpointNotes;
import engram.bench.record.Environment;
import engram.bench.record.RunFiles;
import engram.bench.record.RunFolder;
import engram.bench.record.RunRecorder;
import engram.bench.record.RunWriter;
import engram.bench.report.Report;
import engram.bench.track.Targets;
import engram.bench.track.Tracking;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.cl.result.StrategyRun;
import engram.cl.settings.Settings;
import engram.nn.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Carries out a run in its folder: hangs writers, trackers and report on an experiment. */
public final class RunExecution {
  private final OpenRun run;
  private final Backend backend;
  private final RunFolder folder;
  private final Targets trackers;
  private final StopRequest stop;
  private final Consumer<RunEvent> screen;
  private final Consumer<String> notice;

  /**
   * What a run reached.
   *
   * @param runs each strategy with each seed, in the order in which they ran
   * @param interrupted whether it was stopped before its end
   */
  public record Outcome(List<StrategyRun> runs, boolean interrupted) {}

  /**
   * @param trackers where it can be followed
   * @param stop ends it after a batch
   * @param screen shows how it goes
   * @param notice takes lines that a person should see
   */
  public RunExecution(
      OpenRun run,
      Backend backend,
      RunFolder folder,
      Targets trackers,
      StopRequest stop,
      Consumer<RunEvent> screen,
      Consumer<String> notice) {
    this.run = run;
    this.backend = backend;
    this.folder = folder;
    this.trackers = trackers;
    this.stop = stop;
    this.screen = screen;
    this.notice = notice;
  }

  /**
   * Runs it from its start, in an empty folder.
   *
   * @param command arguments of the command line, for {@code env.json}
   * @throws IOException if the folder cannot be written
   */
  public Outcome begin(List<String> command) throws IOException {
    RunConfig config = run.config();
    RunWriter writer =
        new RunWriter(
            folder, config.plugins().strategies(), run.tasks().split(), run.tasks().labelNames());
    writer.writeStart(
        config.toMap(),
        run.card(backend),
        Environment.now(command, backend.description(), config.threads()));
    writer.problemWithPictures().ifPresent(notice);
    try (Tracking tracked = trackers.open(folder.path(), config.toMap(), notice)) {
      // Tracking sends pictures that the writer drew; the report reads tables that it wrote.
      Consumer<RunEvent> consumers =
          screen
              .andThen(writer)
              .andThen(tracked)
              .andThen(new RunRecorder(folder))
              .andThen(this::save);
      Experiment experiment =
          new Experiment(
              config.settings(), config.plugins(), run.dataset(), backend, consumers, stop);
      return new Outcome(experiment.run(), stop.isMade());
    }
  }

  /**
   * After each task the page is made anew, so that a run that is interrupted, by whatever, leaves
   * the report of what it reached; the network that a strategy ended with, or was stopped with, is
   * saved.
   */
  private void save(RunEvent event) {
    try {
      if (event instanceof RunEvent.TaskEvaluated) {
        Path page = folder.path().resolve(RunFiles.REPORT);
        Report.write(List.of(folder.path()), page);
      } else if (event
          instanceof
          RunEvent.TrainingEnded(String strategy, long seed, Network network, boolean byLogits)) {
        Settings settings = run.config().settings();
        List<String> classes = Experiment.tasks(settings, run.dataset(), seed).labelNames();
        new CheckpointNotes(
                strategy,
                seed,
                settings.recipe().input(run.dataset().train()).normalisation().text(),
                classes.subList(0, Math.min(network.classes(), classes.size())),
                byLogits)
            .save(network, folder.path().resolve(RunFiles.checkpoint(strategy, seed)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
