package engram.bench.run;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which files a command reads and writes. */
public final class FileOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file of options, such as a run's config.yaml; the command line wins")
  public Optional<Path> config = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for the results (runs/runN, N counting up)")
  public Optional<Path> out = Optional.empty();

  @Option(
      names = "--overwrite",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "false",
      description = "replace what is in --out")
  public boolean overwrite;
}
