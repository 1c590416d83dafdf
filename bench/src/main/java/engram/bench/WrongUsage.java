package engram.bench;

import engram.base.Excerpt;
import engram.base.Spelling;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a command line, and where it says more: not all of that at once. */
final class WrongUsage implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(
        wrong instanceof UnmatchedArgumentException unmatched
            ? FailureReport.describe(unknown(command, unmatched.getUnmatched()))
            : FailureReport.describe(inWords(wrong)));
    err.printf("        see  %s --help%n", command.getCommandSpec().qualifiedName());
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /**
   * Picocli names Java's types where a person expects kinds of numbers, and shows a value whole.
   */
  private static ParameterException inWords(ParameterException wrong) {
    String value = Objects.requireNonNullElse(wrong.getValue(), "");
    String message =
        String.valueOf(wrong.getMessage())
            .replace("'" + value + "'", "'" + Excerpt.of(value) + "'")
            .replaceAll("' is not an? (int|long)$", "' is not a whole number")
            .replaceAll("' is not a double$", "' is not a number")
            .replaceAll("' is not a boolean$", "' is neither true nor false");
    return new ParameterException(wrong.getCommandLine(), message, wrong);
  }

  /** What there is not, with what may have been meant. */
  private static IllegalArgumentException unknown(CommandLine command, List<String> unmatched) {
    String first = unmatched.getFirst();
    if (first.startsWith("-")) {
      String name = first.replaceFirst("=.*", "");
      return noSuch(
          "option",
          name,
          command.getCommandSpec().options().stream()
              .flatMap(option -> Stream.of(option.names()))
              .toList());
    }
    if (!command.getSubcommands().isEmpty()) {
      return noSuch("command", first, command.getSubcommands().keySet());
    }
    return new IllegalArgumentException(
        "\"%s\" is one argument too many; a value with blanks in it stands in quotes"
            .formatted(Excerpt.of(first)));
  }

  private static IllegalArgumentException noSuch(
      String kind, String text, Collection<String> names) {
    return new IllegalArgumentException(
        "there is no %s \"%s\"%s"
            .formatted(
                kind,
                Excerpt.of(text),
                Spelling.nearest(text, names).map(name -> ", perhaps " + name).orElse("")));
  }
}
