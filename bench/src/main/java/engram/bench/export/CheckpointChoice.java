package engram.bench.export;

import engram.bench.record.RunFiles;
import engram.bench.record.RunFiles.Trained;
import engram.cl.settings.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which checkpoint a person means: a file, or one of those in the folder of a run. */
final class CheckpointChoice {
  private CheckpointChoice() {}

  /**
   * The file.
   *
   * @param strategy the one that wrote it; may be left out where one strategy did
   * @param seed the same
   * @throws IOException if there is no such file
   * @throws IllegalArgumentException if the folder has several, or none of that strategy and seed
   */
  static Path of(Path runOrFile, Optional<String> strategy, Optional<Long> seed)
      throws IOException {
    if (Files.isRegularFile(runOrFile)) {
      if (strategy.isPresent() || seed.isPresent()) {
        throw new IllegalArgumentException(
            "%s is a file; --strategy and --seed choose among those in a run's folder"
                .formatted(runOrFile));
      }
      return runOrFile;
    }
    if (!Files.isDirectory(runOrFile)) {
      throw new IOException("%s: there is no such file or folder".formatted(runOrFile));
    }
    List<Trained> all = RunFiles.checkpoints(runOrFile);
    if (all.isEmpty()) {
      throw new IOException(
          "%s holds no checkpoint: no checkpoints/NAME.safetensors there; name the folder of a run, such as runs/run1, or a file"
              .formatted(runOrFile));
    }
    List<String> strategies = all.stream().map(Trained::strategy).distinct().toList();
    strategy.ifPresent(
        name -> {
          if (!strategies.contains(name)) {
            throw Choice.unknown("checkpoint of strategy", name, strategies);
          }
        });
    List<Trained> meant =
        all.stream()
            .filter(one -> one.strategy().equals(strategy.orElse(one.strategy())))
            .filter(one -> one.seed() == seed.orElse(one.seed()))
            .toList();
    if (meant.size() != 1) {
      throw new IllegalArgumentException(
          "%s holds %s: choose one with --strategy and --seed; there are %s"
              .formatted(
                  runOrFile,
                  meant.isEmpty() ? "none with that seed" : meant.size() + " such checkpoints",
                  all.stream().map(one -> name(one.file())).collect(Collectors.joining(", "))));
    }
    return meant.getFirst().file();
  }

  /** Name of a checkpoint's file without its ending. */
  static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.safetensors$", "");
  }
}
