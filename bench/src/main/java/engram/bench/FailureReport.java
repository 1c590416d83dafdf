package engram.bench;

import engram.base.Excerpt;
import engram.base.UserPath;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** Tells a person what went wrong, and keeps the stack trace for those who ask for it. */
final class FailureReport implements IExecutionExceptionHandler {
  /** Of a screen's 80 columns those behind {@code "engram: "}. */
  private static final int WIDTH = 72;

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
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidPathException path) {
        message = noPath(path);
      }
    }
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
            .map(Excerpt::visible)
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

  /** A path that a person wrote, or what is wrong with it. */
  static Path path(String text) {
    try {
      return UserPath.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(noPath(e));
    }
  }

  /**
   * Outside of its locale's letters Java reads no names of files; what it says of that is no help.
   */
  private static String noPath(InvalidPathException e) {
    String set = System.getProperty("sun.jnu.encoding", "");
    boolean beyondLocale =
        !set.equalsIgnoreCase("UTF-8") && e.getInput().chars().anyMatch(letter -> letter > 127);
    return beyondLocale
        ? """
        "%s" has letters that are not of this locale's character set, %s.
        Set a locale of UTF-8, for example  LC_ALL=C.UTF-8\
        """
            .formatted(Excerpt.of(e.getInput()), set)
        : "\"%s\" is not a path: %s".formatted(Excerpt.of(e.getInput()), e.getReason());
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
