package engram.bench.subject;

import engram.bench.run.RunOptions;
import engram.cl.settings.Option;
import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options of {@code engram run} that say which network learns which images, for commands that
 * look at them. A command gets them by {@code modelTransformer = SubjectOptions.class}.
 */
public final class SubjectOptions implements IModelTransformer {
  /** The rows of the table; without data a command takes noise. */
  static final List<Option<?>> ALL =
      List.of(
          RunOptions.named("data").usually("noise, 32 x 32 in colour"),
          RunOptions.named("side"),
          RunOptions.named("pad"),
          RunOptions.named("crop"),
          RunOptions.named("skip-bad"),
          RunOptions.named("plugins"),
          RunOptions.named("network"),
          RunOptions.named("pixels"));

  @Override
  public CommandSpec transform(CommandSpec command) {
    return RunOptions.addTo(command, ALL);
  }
}
