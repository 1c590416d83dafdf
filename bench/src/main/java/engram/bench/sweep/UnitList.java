package engram.bench.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All units with how far they are, within 80 columns. */
final class UnitList {
  private static final int COLUMNS = 80;
  private static final String FORM = "%-" + UnitHash.DIGITS + "s  %-11s  ";
  private static final int INDENT = FORM.formatted("", "").length();

  private UnitList() {}

  /** {@code 10 finished, 1 running, 13 waiting}: in the order of their lives. */
  static String counts(Iterable<UnitState> states) {
    SequencedMap<String, Integer> counts = new LinkedHashMap<>();
    List.of("finished", "running", "interrupted", "failed", "broken", "waiting")
        .forEach(word -> counts.put(word, 0));
    states.forEach(state -> counts.merge(state.word(), 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** A line for each unit, and further ones with who runs it, or what is wrong with it. */
  static String text(Map<SweepUnit, UnitState> states) {
    StringBuilder text = new StringBuilder();
    text.append(FORM.formatted("unit", "state")).append("strategy, seed, setting\n");
    states.forEach(
        (unit, state) -> {
          List<String> lines = wrapped(unit.label());
          text.append(FORM.formatted(unit.hash(), state.word()))
              .append(lines.getFirst())
              .append('\n');
          Stream.concat(lines.stream().skip(1), more(state).stream())
              .forEach(line -> text.append(" ".repeat(INDENT)).append(line).append('\n'));
        });
    return text.toString();
  }

  private static List<String> more(UnitState state) {
    return switch (state) {
      case UnitState.Running(String owner) -> wrapped("by " + owner);
      case UnitState.Failed(String error, int _) -> wrapped(error);
      default -> List.of();
    };
  }

  /** A text in lines that fit behind the indent; a word that does not fit is cut in two. */
  static List<String> wrapped(String text) {
    int room = COLUMNS - INDENT;
    Stream.Builder<String> lines = Stream.builder();
    String rest = text;
    while (rest.length() > room) {
      int space = rest.lastIndexOf(' ', room);
      int end = space > 0 ? space : room;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    return lines.add(rest).build().toList();
  }
}
