package engram.bench.sweep;

import engram.backend.Backend;
import engram.bench.record.RunFiles;
import engram.bench.record.RunFolder;
import engram.bench.record.StateFiles;
import engram.bench.run.FormerRun;
import engram.bench.run.OpenRun;
import engram.bench.run.RunConfig;
import engram.bench.run.RunExecution;
import engram.bench.track.Targets;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.device.Devices;
import engram.nn.train.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Units as {@code engram run} would run them, in folders such as it writes. */
public final class RunUnits implements UnitRunner {
  private final OpenData data;
  private final Targets trackers;
  private final Consumer<String> notice;

  /**
   * @param trackers where each unit can be followed
   * @param notice takes lines that a person should see
   */
  public RunUnits(OpenData data, Targets trackers, Consumer<String> notice) {
    this.data = data;
    this.trackers = trackers;
    this.notice = notice;
  }

  @Override
  public Outcome run(
      SweepUnit unit, Path folder, int threads, StopRequest stop, Consumer<RunEvent> events)
      throws IOException {
    FormerRun former = new FormerRun(folder);
    if (former.isDone()) {
      return Outcome.FINISHED; // the process died between its end and its mark
    }
    RunConfig config = RunConfig.of(unit.texts()).onThreads(threads);
    OpenRun run = OpenRun.of(config, data.of(config));
    try (Backend backend = Devices.open(config.device(), threads, notice);
        WarmUp warmUp = config.warmUp(backend);
        RunFolder place = RunFolder.goOnIn(folder)) {
      run.await(warmUp);
      RunExecution execution =
          new RunExecution(
              run, backend, place, trackers, stop, StateFiles.Pace.USUAL, events, notice);
      List<String> command = List.of("sweep", unit.hash());
      RunExecution.Outcome outcome =
          Files.exists(folder.resolve(RunFiles.CONFIG))
              ? execution.goOn(command)
              : execution.begin(command);
      outcome.missing().ifPresent(line -> notice.accept(unit.label() + "  " + line));
      if (!outcome.complete()) {
        throw new IOException(outcome.missing().orElse(""));
      }
      return outcome.interrupted() ? Outcome.INTERRUPTED : Outcome.FINISHED;
    }
  }
}
