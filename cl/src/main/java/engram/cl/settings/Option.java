package engram.cl.settings;

import engram.base.Excerpt;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One option: a row of the table that the command line, config files, tuning and the documentation
 * are made from.
 *
 * @param <T> type of the value
 * @param section under which it stands
 * @param name {@code epochs} in a config file, {@code --epochs} on the command line
 * @param olderNames that mean the same
 * @param placeholder of the value in help; empty for a flag
 * @param usual value where nothing else is said, as a text
 * @param kind which values there are
 * @param lines what it does; each begins on a line of its own
 */
public record Option<T>(
    Section section,
    String name,
    List<String> olderNames,
    String placeholder,
    String usual,
    Kind<T> kind,
    List<String> lines) {

  /** Where options belong together. */
  public enum Section {
    RUN("Data and device"),
    PROTOCOL("Protocol"),
    STRATEGIES("Strategies and memory"),
    NETWORK("Network and images"),
    TRAINING("Training");

    private final String heading;

    Section(String heading) {
      this.heading = heading;
    }

    public String heading() {
      return heading;
    }

    /** Whether a search may vary these: they decide neither which images there are nor how fast. */
    public boolean isTunable() {
      return this != RUN && this != PROTOCOL;
    }
  }

  /** An option with a value. */
  public static <T> Option<T> option(
      Section section, String name, String placeholder, String usual, Kind<T> kind) {
    return new Option<>(section, name, List.of(), placeholder, usual, kind, List.of());
  }

  /** An option that stands alone. */
  public static Option<Boolean> flag(Section section, String name) {
    return option(section, name, "", "false", Kind.flag());
  }

  /** The same with what it does; each line begins on a line of its own. */
  public Option<T> does(String... what) {
    return new Option<>(section, name, olderNames, placeholder, usual, kind, List.of(what));
  }

  /** The same under older names, too, on the command line and in config files. */
  public Option<T> formerly(String... names) {
    return new Option<>(section, name, List.of(names), placeholder, usual, kind, lines);
  }

  /** The same with another value where nothing is said. */
  public Option<T> usually(String text) {
    return new Option<>(section, name, olderNames, placeholder, text, kind, lines);
  }

  /** The name of today for a name of any day; a name that no option has stays as it is. */
  public static String nameOfToday(String name, Collection<? extends Option<?>> table) {
    return table.stream()
        .filter(option -> option.olderNames().contains(name))
        .findFirst()
        .<String>map(Option::name)
        .orElse(name);
  }

  /** Whether it stands alone, without a value. */
  public boolean isFlag() {
    return placeholder.isEmpty();
  }

  /** Whether its value is a list. */
  public boolean isList() {
    return read(usual) instanceof List<?>;
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException with the rule, if it has another form or is out of range
   */
  T read(String text) {
    try {
      return require(kind.read().apply(text));
    } catch (NumberFormatException e) {
      String range = kind.range().isEmpty() ? "" : ", " + kind.range();
      throw new IllegalArgumentException(
          "%s is \"%s\", expected %s%s".formatted(name, Excerpt.of(text), kind.form(), range), e);
    }
  }

  /**
   * The value itself.
   *
   * @throws IllegalArgumentException with the rule, if it is out of range
   */
  T require(T value) {
    if (!kind.holds().test(value)) {
      throw new IllegalArgumentException(
          "%s is %s, expected %s".formatted(name, Excerpt.of(text(value)), kind.range()));
    }
    return value;
  }

  /** A value as on the command line: lists with commas. */
  public static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }
}
