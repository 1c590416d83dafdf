package engram.bench;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a person what went wrong, and keeps the stack trace for those who ask for it. */
final class FailureReport implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    err.println(describe(failure));
    if (!Objects.requireNonNullElse(System.getenv("ENGRAM_STACKTRACE"), "").isBlank()) {
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
    return "engram: " + message.strip().replaceAll("\\R[ \\t]*", "\n        ");
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
