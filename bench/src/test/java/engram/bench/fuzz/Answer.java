package engram.bench.fuzz;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a parser made of an input.
 *
 * @param thrown nothing if it took the input
 * @param nanos that it took
 * @param bytes that all threads allocated meanwhile
 */
record Answer(Optional<Throwable> thrown, long nanos, long bytes) {
  private static final int LONGEST_MESSAGE = 2000;
  private static final int BEGINNING = 200;
  private static final int SHOWN_FRAMES = 15;

  /** Words of the Java runtime, which tell nobody what is wrong with a file. */
  private static final Pattern JAVA =
      Pattern.compile(
          "\\b(?:java|jdk|sun|org|com)\\.[a-z]+\\.|Exception|For input string"
              + "|out of bounds for length|Cannot invoke|cannot be cast");

  /** Empty for an input that was taken. */
  String text() {
    return thrown.map(e -> String.valueOf(e.getMessage())).orElse("");
  }

  boolean isAbove(Duration time, long size) {
    return nanos > time.toNanos() || bytes > size;
  }

  /** Why it is no answer to give a person. */
  Optional<String> wrong(Class<? extends Exception> declared) {
    if (thrown.isEmpty()) {
      return Optional.empty();
    }
    if (!declared.isInstance(thrown.get())) {
      String stack =
          Arrays.stream(thrown.get().getStackTrace())
              .limit(SHOWN_FRAMES)
              .map(String::valueOf)
              .collect(Collectors.joining("\n  "));
      return Optional.of("throws %s\n  %s".formatted(thrown.get(), stack));
    }
    String text = text();
    boolean forPeople =
        text.length() > 10 && text.length() <= LONGEST_MESSAGE && !JAVA.matcher(text).find();
    return forPeople ? Optional.empty() : Optional.of("says: " + text);
  }

  /**
   * The same for answers that differ in numbers, in what they quote and in paths alone. By the hash
   * of the rest: millions are looked at.
   */
  long kind() {
    if (thrown.isEmpty()) {
      return 0;
    }
    String text = text();
    long hash = thrown.get().getClass().hashCode();
    int end = Math.min(text.length(), BEGINNING);
    char until = 0;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (until != 0) {
        boolean over = until == '"' ? c == '"' : c == ' ' || c == ',' || c == ':';
        until = over ? 0 : until;
      } else if (c == '"' || c == '/') {
        until = c;
      } else if (c < 128 && (c < '0' || c > '9')) {
        hash = 31 * hash + c;
      }
    }
    return 31 * hash + Math.min(text.length() / LONGEST_MESSAGE, 1);
  }

  @Override
  public String toString() {
    return thrown.map(String::valueOf).orElse("taken");
  }
}
