package engram.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Arguments that stand in files: {@code engram @FILE}. */
final class ArgumentFiles {
  private ArgumentFiles() {}

  /**
   * Puts the arguments that a file holds for each {@code @FILE}, before anything looks at them:
   * what they name, such as {@code --config}, counts as if it were on the command line.
   *
   * @return what was written, but {@code @@} stands for {@code @}
   * @throws IOException if there is no such file
   */
  static String[] expand(String... written) throws IOException {
    for (String argument : written) {
      boolean named = argument.startsWith("@") && !argument.startsWith("@@");
      if (named && !Files.isRegularFile(Path.of(argument.substring(1)))) {
        throw new IOException(
            "%s: there is no such file, whose lines would be arguments".formatted(argument));
      }
    }
    // Picocli expands them only while it parses: so it does, for a command that takes anything.
    CommandSpec any = CommandSpec.create();
    any.parser().unmatchedArgumentsAllowed(true);
    return new CommandLine(any).parseArgs(written).expandedArgs().toArray(String[]::new);
  }
}
