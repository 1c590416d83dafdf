package engram.learn.desk;

import java.util.ConcurrentModificationException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a learner's method threw: Java's words, and what they usually mean. */
final class Thrown {
  private static final Pattern BOUNDS =
      Pattern.compile("Index (-?\\d+) out of bounds for length (\\d+)");

  private Thrown() {}

  /** Kind and message, as Java gives them. */
  static String said(Throwable e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }

  /** The same for someone who sees it for the first time. */
  static Optional<String> meaning(Throwable e) {
    return switch (e) {
      case NullPointerException _ ->
          Optional.of(
              "null means that there is nothing: get of a map gives it where the map has no such"
                  + " key, and so do fields and places of arrays that were never set");
      case IndexOutOfBoundsException _ -> bounds(String.valueOf(e.getMessage()));
      case UnsupportedOperationException _ ->
          Optional.of(
              "lists, sets and maps that you are given cannot be changed: change a copy, such as"
                  + " new ArrayList<>(list) or new HashMap<>(map)");
      case ConcurrentModificationException _ ->
          Optional.of(
              "a list, set or map was changed while a loop went through it: go through a copy");
      case NoSuchElementException _ ->
          Optional.of("something empty was asked for what is in it: an Optional, or a list");
      case ClassCastException _ ->
          Optional.of("the object is of another kind than the (kind) in front of it says");
      case NegativeArraySizeException _ ->
          Optional.of("an array was to be made with fewer than 0 places");
      case ArithmeticException _ -> Optional.of("whole numbers cannot be divided by 0");
      case StackOverflowError _ ->
          Optional.of("a method calls itself, or two call each other, and nothing ends it");
      case OutOfMemoryError _ ->
          Optional.of("more was allocated than there is memory: does something grow in a loop?");
      default -> Optional.empty();
    };
  }

  private static Optional<String> bounds(String message) {
    Matcher said = BOUNDS.matcher(message);
    if (!said.find()) {
      return Optional.of("a place before the first one was asked for, or one behind the last");
    }
    return Optional.of(
        said.group(1).startsWith("-")
            ? "places count from 0: this is before the first one"
            : "places count from 0 to %d here: this is behind the last one"
                .formatted(Long.parseLong(said.group(2)) - 1));
  }
}
