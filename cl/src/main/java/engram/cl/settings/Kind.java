package engram.cl.settings;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Values that an option may have.
 *
 * @param form what its text has to be, such as {@code a whole number}
 * @param range which of those are right, such as {@code 1 or more}; empty if all are
 * @param read makes a value of a text; fails with {@link NumberFormatException} on another form
 * @param holds whether a value is in the range
 */
public record Kind<T>(String form, String range, Function<String, T> read, Predicate<T> holds) {

  /** What divides a list: a comma, and the blanks that a person may put around it. */
  public static final String COMMA = "\\s*,\\s*";

  /** All values of a form. */
  Kind(String form, Function<String, T> read) {
    this(form, "", read, value -> true);
  }

  /** Any text. */
  public static Kind<String> text(String form) {
    return new Kind<>(form, text -> text);
  }

  /** A text that is kept as it was written, once {@code require} has let it pass. */
  static Kind<String> written(String form, Consumer<String> require) {
    return new Kind<>(
        form,
        text -> {
          require.accept(text);
          return text;
        });
  }

  /** Names with commas between them, at least one, none twice. */
  static Kind<List<String>> names() {
    return new Kind<>(
        "names with commas",
        "at least one, each once: --seeds repeats them",
        Kind::parts,
        names -> !names.isEmpty() && Set.copyOf(names).size() == names.size());
  }

  /** Names of files with commas between them; none, too. */
  public static Kind<List<String>> files() {
    return new Kind<>("files with commas", text -> text.isEmpty() ? List.of() : parts(text));
  }

  /** What stands between the commas of a list. */
  public static List<String> parts(String text) {
    return List.of(text.strip().split(COMMA));
  }

  /** {@code true} or {@code false}. */
  static Kind<Boolean> flag() {
    return new Kind<>(
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new NumberFormatException(text);
            });
  }

  /** Whole numbers of {@code least} or more. */
  static Kind<Integer> atLeast(int least) {
    return new Kind<>("a whole number", least + " or more", Integer::valueOf, v -> v >= least);
  }

  /** Whole numbers from {@code least} to {@code most}. */
  public static Kind<Integer> within(int least, int most) {
    return new Kind<>(
        "a whole number", least + " to " + most, Integer::valueOf, v -> v >= least && v <= most);
  }

  /** Shares that are never all, of the type that {@code read} makes. */
  static <T extends Number> Kind<T> share(Function<String, T> read) {
    return number(read, "0 or more, below 1", v -> v >= 0 && v < 1);
  }

  /** Numbers, of the type that {@code read} makes. */
  static <T extends Number> Kind<T> number(
      Function<String, T> read, String range, DoublePredicate holds) {
    return new Kind<>("a number", range, read, value -> holds.test(value.doubleValue()));
  }

  /** The values of an enum by their {@code toString}. */
  static <T> Kind<T> choice(String kind, T[] values) {
    List<T> choices = List.of(values);
    return new Kind<>(
        choices.stream().map(String::valueOf).collect(Collectors.joining(", ")),
        text -> Choice.of(kind, text, choices));
  }
}
