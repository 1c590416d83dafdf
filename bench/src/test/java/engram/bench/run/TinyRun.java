package engram.bench.run;

import engram.backend.Backend;
import engram.bench.record.RunFolder;
import engram.bench.record.RunFolders;
import engram.bench.record.StateFiles;
import engram.bench.subject.TinyMnist;
import engram.bench.track.Targets;
import engram.bench.track.TrackOptions;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import engram.data.Dataset;
import engram.device.Devices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs of seconds: two tasks of two epochs each on sixty small images. */
final class TinyRun {
  /** Writes no state. */
  static final StateFiles.Pace NEVER = new StateFiles.Pace(Duration.ofDays(1), 0);

  private TinyRun() {}

  /** Writes the data, and says how they are learnt. */
  static Map<String, String> options(Path folder, String strategies) throws IOException {
    return Map.of(
        "data", TinyMnist.write(folder, 6, 2),
        "network", "mlp 12 1",
        "strategies", strategies,
        "tasks", "2",
        "epochs", "2",
        "batch", "5",
        "buffer", "12",
        "device", "plain",
        "threads", "1");
  }

  static RunExecution.Outcome run(
      Map<String, String> options,
      Path folder,
      StateFiles.Pace pace,
      StopRequest stop,
      Consumer<RunEvent> events,
      Consumer<String> notices)
      throws IOException {
    return carryOut(RunConfig.of(options), folder, pace, stop, events, notices);
  }

  /** Begins the run in a folder, or goes on with it where there is one. */
  static RunExecution.Outcome carryOut(
      RunConfig config,
      Path folder,
      StateFiles.Pace pace,
      StopRequest stop,
      Consumer<RunEvent> events,
      Consumer<String> notices)
      throws IOException {
    boolean goOn = Files.exists(folder);
    Dataset dataset = RunData.open(config, _ -> {});
    Targets none = new TrackOptions().resolve(Map.of());
    try (Backend backend = Devices.open(config.device(), config.threads(), _ -> {});
        RunFolder at = goOn ? RunFolder.goOnIn(folder) : RunFolder.at(folder, false)) {
      RunExecution execution =
          new RunExecution(
              OpenRun.of(config, dataset), backend, at, none, stop, pace, events, notices);
      return goOn ? execution.goOn(List.of("run")) : execution.begin(List.of("run"));
    }
  }

  /** What a kill at this moment leaves. */
  static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.resolveSibling(""));
      RunFolders.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
