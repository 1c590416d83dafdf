package engram.bench;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a person what went wrong, and keeps the stack trace for those who ask for it. */
final class FailureReport implements IExecutionExceptionHandler {
  /** Of a screen's 80 columns those behind {@code "engram: "}. */
  private static final int WIDTH = 72;

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    err.println(describe(failure));
    if (System.getenv("ENGRAM_STACKTRACE") != null) {
      failure.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** {@code engram: MESSAGE}, further lines of the message set in below it. */
  static String describe(Exception failure) {
    String message = failure.getMessage();
    if (message == null || isBug(failure)) {
      message =
          "internal error: %s\nPlease report it; ENGRAM_STACKTRACE=1 prints where it happened."
              .formatted(failure);
    }
    return "engram: "
        + message
            .strip()
            .replaceAll("; (choose from |expected one of )", "\n$1")
            .lines()
            .map(String::strip)
            .map(FailureReport::wrapped)
            .collect(Collectors.joining("\n"))
            .replace("\n", "\n        ");
  }

  /** A list of choices on as many lines as it needs; all else stays one line, to be copied. */
  private static String wrapped(String line) {
    StringBuilder text = new StringBuilder();
    int width = 0;
    for (String part :
        line.startsWith("choose from ") ? line.split("(?<=, )") : new String[] {line}) {
      if (width > 0 && width + part.strip().length() > WIDTH) {
        text.setLength(text.length() - 1); // the blank behind the comma
        text.append('\n');
        width = 0;
      }
      text.append(part);
      width += part.length();
    }
    return text.toString();
  }

  /** An exception whose message was not written for people: none that we throw ourselves. */
  private static boolean isBug(Exception failure) {
    return failure instanceof RuntimeException
        && failure.getClass().getPackageName().startsWith("java.")
        && !(failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || failure instanceof UncheckedIOException);
  }
}
