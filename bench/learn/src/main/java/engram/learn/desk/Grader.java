package engram.learn.desk;

import engram.base.InputFile;
import engram.cl.plugin.SourceFile;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Verdict;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges a learner's file. Whatever stands in it, the answer is a verdict: a file that is missing,
 * empty or as it was given fails, and so does one that does not compile, throws or does not end.
 */
final class Grader<T> {
  private static final int MOST_BYTES = 1 << 20;

  /** What of Engram does a learner's work for them. */
  private static final Pattern HELP =
      Pattern.compile("engram\\.(?!learn\\.api\\.)(?!op\\.Values;)(?!tensor\\.)[\\w.*]+");

  /** What the compiler says of a public class that is not called as its file is. */
  private static final Pattern MISNAMED =
      Pattern.compile(
          "^(.*?(\\w+)\\.java, line.*): class (\\w+) is public, should be declared in a file named"
              + " .*\\n(.*)");

  private final Exercise<T> exercise;
  private final Path file;

  private Grader(Exercise<T> exercise, Path file) {
    this.exercise = exercise;
    this.file = file;
  }

  /**
   * Compiles and checks a file.
   *
   * @param limit after which a check that has not ended has failed
   */
  static <T> Verdict grade(Exercise<T> exercise, Path file, Duration limit) {
    return new Grader<>(exercise, file).grade(limit);
  }

  private Verdict grade(Duration limit) {
    try {
      if (!Files.exists(file)) {
        return failed("there is no such file")
            .and("engram learn %s  writes it".formatted(exercise.name()));
      }
      String text = InputFile.readText(file, MOST_BYTES);
      if (text.isBlank()) {
        return failed("the file is empty")
            .and("delete it, and  engram learn %s  writes it again".formatted(exercise.name()));
      }
      if (bare(text).equals(bare(exercise.starter()))) {
        return failed("untouched: you have not changed it yet");
      }
      Matcher help = HELP.matcher(withoutComments(text));
      if (exercise.alone() && help.find()) {
        return failed("it uses " + help.group())
            .and("this exercise is on your own code alone: your classes, Java's, and Values");
      }
      return run(SourceFile.compileAmongOthers(file), limit);
    } catch (IOException | IllegalArgumentException e) {
      return ofLines(named(String.valueOf(e.getMessage())));
    }
  }

  /** Java asks for another file where the class has another name; here the file stays. */
  private static String named(String message) {
    Matcher other = MISNAMED.matcher(message);
    return other.find()
        ? "%s: this class is called %s, but must be called %s\n%s\nThe file keeps its name: the exercise is looked for under it."
            .formatted(other.group(1), other.group(3), other.group(2), other.group(4))
        : message;
  }

  /** The code alone: a comment or an empty line more is no work. */
  private static String bare(String text) {
    return withoutComments(text).replaceAll("\\s+", "");
  }

  private static String withoutComments(String text) {
    return text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//[^\\n]*", "");
  }

  private Verdict.Failed failed(String what) {
    return Verdict.failed("%s: %s".formatted(file, what));
  }

  private static Verdict ofLines(String message) {
    Verdict.Failed failed = Verdict.failed(message.lines().findFirst().orElse(""));
    for (String line : message.lines().skip(1).toList()) {
      failed = failed.and(line.strip());
    }
    return failed;
  }

  private Verdict run(Class<?> type, Duration limit) {
    if (!exercise.contract().isAssignableFrom(type)) {
      String contract = exercise.contract().getCanonicalName().replaceFirst(".*\\.(?=.*\\.)", "");
      return failed("class %s does not implement %s".formatted(type.getSimpleName(), contract))
          .and(
              "it began with  public class %s implements %s"
                  .formatted(type.getSimpleName(), contract));
    }
    AtomicReference<Verdict> verdict = new AtomicReference<>();
    Thread thread = new Thread(() -> verdict.set(judge(type)), "engram learn " + exercise.name());
    thread.setDaemon(true); // one that never ends must not keep the program from ending
    thread.start();
    try {
      if (!thread.join(limit)) {
        return tooLong(thread, limit);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return failed("interrupted");
    }
    return Optional.ofNullable(verdict.get()).orElseGet(() -> failed("the check came to no end"));
  }

  private Verdict tooLong(Thread thread, Duration limit) {
    StackTraceElement[] stack = thread.getStackTrace();
    thread.interrupt();
    return inLine(
        failed(
            "still running after %s s: a loop that does not end?"
                .formatted(limit.toMillis() / 1e3)),
        stack);
  }

  private Verdict judge(Class<?> type) {
    try {
      Object made = type.getConstructor().newInstance();
      return exercise.check().of(exercise.contract().cast(made));
    } catch (Verdict.Stop stop) {
      return inLine(stop.verdict(), stop.getStackTrace());
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return failed("expected a public class with a public constructor without parameters");
    } catch (Verdict.During e) {
      Verdict.Failed thrown = threw(Objects.requireNonNullElse(e.getCause(), e));
      Verdict.Failed told = thrown.and("in " + e.where().where());
      for (String detail : e.where().details()) {
        told = told.and(detail);
      }
      return told;
    } catch (InvocationTargetException e) {
      return threw(Objects.requireNonNullElse(e.getCause(), e));
    } catch (Throwable e) {
      return threw(e);
    }
  }

  private Verdict.Failed threw(Throwable e) {
    if (Arrays.stream(e.getStackTrace()).noneMatch(this::isLearners)
        && e instanceof NullPointerException) {
      return failed("your method returned null, or something with null in it")
          .and("what is expected is said at the method of the file that you began with");
    }
    Verdict.Failed failed =
        inLine(failed("your method threw " + Thrown.said(e)), e.getStackTrace());
    return Thrown.meaning(e).map(failed::and).orElse(failed);
  }

  /**
   * With the learner's own line that was running, if one was; where it is in the file of an earlier
   * exercise, also with the line of this one that called it.
   */
  private Verdict.Failed inLine(Verdict.Failed failed, StackTraceElement[] stack) {
    List<StackTraceElement> own = Arrays.stream(stack).filter(this::isLearners).toList();
    if (own.isEmpty()) {
      return failed;
    }
    StackTraceElement thrown = own.getFirst();
    Verdict.Failed told = failed.and(line(thrown));
    String name = String.valueOf(file.getFileName());
    return name.equals(thrown.getFileName())
        ? told
        : own.stream()
            .filter(frame -> name.equals(frame.getFileName()))
            .findFirst()
            .map(frame -> told.and("called from " + line(frame)))
            .orElse(told);
  }

  private boolean isLearners(StackTraceElement frame) {
    Path folder = file.toAbsolutePath().getParent();
    return frame.getFileName() != null
        && frame.getLineNumber() > 0
        && frame.getModuleName() == null
        && !frame.getClassName().startsWith("engram.")
        && folder != null
        && Files.exists(folder.resolve(frame.getFileName()));
  }

  private String line(StackTraceElement frame) {
    Path source = file.resolveSibling(String.valueOf(frame.getFileName()));
    try {
      String code =
          InputFile.readText(source, MOST_BYTES)
              .lines()
              .skip(frame.getLineNumber() - 1L)
              .findFirst()
              .orElse("");
      return "%s, line %d: %s".formatted(source, frame.getLineNumber(), code.strip());
    } catch (IOException e) {
      return "%s, line %d".formatted(source, frame.getLineNumber());
    }
  }
}
