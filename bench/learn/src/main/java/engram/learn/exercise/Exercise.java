package engram.learn.exercise;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One exercise: a class that the learner writes.
 *
 * <p>Two resources belong to it, {@code /engram/learn/exercise/CLASS.java}, the file that the
 * learner begins with, and {@code CLASS.hints}, three hints with a line {@code --} between them.
 *
 * @param className of the learner's class and so of the file, such as {@code LeakyRelu}
 * @param title what it is about, a few words
 * @param contract the interface that the class implements
 * @param check grades it
 * @param quick the same on less data, where {@code check} takes long
 * @param limit how long grading may take: a method that does not end is stopped then
 * @param alone whether the learner's file may use nothing of Engram but contracts, {@link
 *     engram.op.Values} and the learner's own classes
 */
public record Exercise<T>(
    String className,
    String title,
    Class<T> contract,
    Check<T> check,
    Check<T> quick,
    Duration limit,
    boolean alone) {

  /** Hints of each exercise: what to look at, what to do, and almost how. */
  public static final int HINTS = 3;

  private static final Duration USUAL_LIMIT = Duration.ofSeconds(10);

  /** An exercise that is graded within ten seconds. */
  public static <T> Exercise<T> of(
      String className, String title, Class<T> contract, Check<T> check) {
    return new Exercise<>(className, title, contract, check, check, USUAL_LIMIT, false);
  }

  /** This exercise where grading may take longer. */
  public Exercise<T> within(Duration longest) {
    return new Exercise<>(className, title, contract, check, quick, longest, alone);
  }

  /** This exercise where nothing of Engram's own may help. */
  public Exercise<T> onOwnCode() {
    return new Exercise<>(className, title, contract, check, quick, limit, true);
  }

  /** This exercise with a check of less data, with which its proof makes do. */
  public Exercise<T> withQuick(Check<T> less) {
    return new Exercise<>(className, title, contract, check, less, limit, alone);
  }

  /** This exercise as its proof grades it. */
  public Exercise<T> quickly() {
    return new Exercise<>(className, title, contract, quick, quick, limit, alone);
  }

  /**
   * Name on the command line and heading of its text: that of the class, as in {@code leaky-relu}.
   */
  public String name() {
    return className.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** The file that the learner begins with. */
  public String starter() {
    return resource(className + ".java");
  }

  /** The hints, in the order in which they are given. */
  public List<String> hints() {
    return Arrays.stream(resource(className + ".hints").split("(?m)^--$"))
        .map(String::strip)
        .toList();
  }

  private static String resource(String file) {
    String place = "/engram/learn/exercise/" + file;
    try (InputStream in = Exercise.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new IllegalStateException("the course's " + place + " is missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
