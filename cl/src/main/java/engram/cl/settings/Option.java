package engram.cl.settings;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One option: a row of the table that the command line, config files, tuning and the documentation
 * are made from.
 *
 * @param <S> what is set
 * @param <T> type of the value
 * @param section under which it stands
 * @param name {@code epochs} in a config file, {@code --epochs} on the command line
 * @param placeholder of the value in help; empty for a flag
 * @param usual value where nothing else is said, as a text
 * @param kind which values there are
 * @param of reads the value back
 * @param lines what it does; each begins on a line of its own
 */
public record Option<S, T>(
    Section section,
    String name,
    String placeholder,
    String usual,
    Kind<T> kind,
    Function<S, T> of,
    List<String> lines) {

  /**
   * The half of a row that a person sees.
   *
   * @param lines what it does; each begins on a line of its own
   */
  public static Shown shown(Section section, String name, String placeholder, String... lines) {
    return new Shown(section, name, placeholder, List.of(lines));
  }

  /** The half of a row that a person sees. */
  public record Shown(Section section, String name, String placeholder, List<String> lines) {
    /** The row, whose other half says what is usual, which values there are and where one is. */
    public <S, T> Option<S, T> is(String usual, Kind<T> kind, Function<S, T> of) {
      return new Option<>(section, name, placeholder, usual, kind, of, lines);
    }
  }

  /** Where options belong together. */
  public enum Section {
    RUN("Data and device", false),
    PROTOCOL("Protocol", false),
    STRATEGIES("Strategies and memory", true),
    NETWORK("Network and images", true),
    TRAINING("Training", true);

    private final String heading;
    private final boolean tunable;

    Section(String heading, boolean tunable) {
      this.heading = heading;
      this.tunable = tunable;
    }

    public String heading() {
      return heading;
    }

    /** Whether a search may vary these: they decide neither which images there are nor how fast. */
    public boolean isTunable() {
      return tunable;
    }
  }

  /** Whether it stands alone, without a value. */
  public boolean isFlag() {
    return placeholder.isEmpty();
  }

  /** Whether its value is a list. */
  public boolean isList() {
    return read(usual) instanceof List<?>;
  }

  /** The same option of something that holds {@code S}. */
  public <R> Option<R, T> in(Function<R, S> part) {
    return new Option<>(
        section, name, placeholder, usual, kind, whole -> of.apply(part.apply(whole)), lines);
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException with the rule, if it has another form
   */
  T read(String text) {
    try {
      return kind.read().apply(text);
    } catch (NumberFormatException e) {
      String range = kind.range().isEmpty() ? "" : ", " + kind.range();
      throw new IllegalArgumentException(
          "%s is \"%s\", expected %s%s".formatted(name, text, kind.form(), range), e);
    }
  }

  /**
   * Checks a value.
   *
   * @throws IllegalArgumentException with the rule, if it is out of range
   */
  public void require(T value) {
    if (!kind.holds().test(value)) {
      throw new IllegalArgumentException(
          "%s is %s, expected %s".formatted(name, text(value), kind.range()));
    }
  }

  /** Checks the value that is set. */
  void check(S settings) {
    require(of.apply(settings));
  }

  /** The value that is set as config files have it: a number, a flag, a text or a list of them. */
  public Object plain(S settings) {
    T value = of.apply(settings);
    return value instanceof Enum<?> choice ? choice.toString() : value;
  }

  /** A plain value as on the command line: lists with commas. */
  public static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }
}
