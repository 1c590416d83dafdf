package engram.bench.run;

import engram.backend.Backend;
import engram.bench.file.ConfigFile;
import engram.bench.file.JsonIn;
import engram.bench.record.RunFiles;
import engram.bench.record.StateFiles;
import engram.cl.settings.Option;
import engram.cl.state.Snapshot;
import engram.cl.state.State;
import engram.nn.io.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A run that another process began, as its folder shows it. */
public record FormerRun(Path folder) {
  /** Of a state. */
  static final String PART = "run";

  /** Whether it was carried out to its end. */
  public boolean isDone() throws IOException {
    Path summary = folder.resolve(RunFiles.SUMMARY);
    return Files.exists(summary)
        && StateFiles.in(folder).isEmpty()
        && !JsonIn.read(summary).path("interrupted").asBoolean(true);
  }

  /**
   * Its settings, and how they are to be otherwise.
   *
   * @param given options as texts by their names; only those that no result depends on may differ
   * @throws IOException if the folder holds no run
   * @throws IllegalArgumentException naming the options that differ
   */
  public RunConfig config(Map<String, String> given) throws IOException {
    if (!Files.exists(folder.resolve(RunFiles.CONFIG))) {
      throw new IOException(
          "%s holds no run: there is no %s\nName the folder of a run, such as runs/run1"
              .formatted(folder, RunFiles.CONFIG));
    }
    Map<String, String> texts = new LinkedHashMap<>();
    ConfigFile.read(folder.resolve(RunFiles.CONFIG))
        .forEach((name, value) -> texts.put(RunOptions.nameOfToday(name), Option.text(value)));
    Map<String, String> asked = new HashMap<>(texts);
    asked.putAll(given);
    RunConfig config = RunConfig.of(asked);
    if (!RunIdentity.FREE.containsAll(given.keySet())) {
      List<String> differences =
          RunIdentity.differences(RunConfig.of(texts).texts(), config.texts());
      if (!differences.isEmpty()) {
        throw new IllegalArgumentException(refusal(differences));
      }
    }
    return config;
  }

  /**
   * Holds what decides the results to what it was when a state was taken.
   *
   * @throws IOException naming what differs
   */
  void requireSame(OpenRun run, Backend backend, Snapshot state) throws IOException {
    List<String> differences =
        RunIdentity.of(run, backend).differences(RunIdentity.in(parts(run, state)));
    if (!differences.isEmpty()) {
      throw new IOException(refusal(differences));
    }
  }

  /** The part of a state that is not of the experiment. */
  static State parts(OpenRun run, Snapshot state) {
    Snapshot.World tablesOnly =
        new Snapshot.World(
            run.tasks(),
            _ -> {
              throw new IllegalStateException("state: a table holds no network");
            });
    return state.giving(tablesOnly).in(PART);
  }

  private String refusal(List<String> differences) {
    return "%s cannot go on with other settings than it was begun with:\n%s\nA new run:  engram run --config %s"
        .formatted(folder, String.join("\n", differences), folder.resolve(RunFiles.CONFIG));
  }

  /**
   * Its states, the newest first, each read when it is asked for. One that cannot be read is passed
   * over, and said.
   *
   * @param notice takes lines that a person should see
   */
  Stream<Snapshot> states(Consumer<String> notice) throws IOException {
    return StateFiles.in(folder).reversed().stream().flatMap(file -> read(file, notice).stream());
  }

  private static Optional<Snapshot> read(Path file, Consumer<String> notice) {
    try {
      return Optional.of(Snapshot.of(SafeTensors.read(file)));
    } catch (IllegalArgumentException e) {
      notice.accept("passed over: %s: %s".formatted(file, e.getMessage()));
    } catch (IOException e) {
      notice.accept("passed over: " + e.getMessage());
    }
    return Optional.empty();
  }
}
