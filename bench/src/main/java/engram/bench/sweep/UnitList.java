package engram.bench.sweep;

import engram.bench.console.Lines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** All units with how far they are, within 80 columns. */
final class UnitList {
  private static final String FORM = "%-" + UnitHash.DIGITS + "s  %-11s  ";
  private static final int INDENT = FORM.formatted("", "").length();

  private UnitList() {}

  /** {@code 10 finished, 1 running, 13 waiting}: in the order of their lives. */
  static String counts(Iterable<UnitState> states) {
    SequencedMap<String, Integer> counts = new LinkedHashMap<>();
    List.of("finished", "diverged", "running", "interrupted", "failed", "broken", "waiting")
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
          text.append(
              Lines.wrapped(FORM.formatted(unit.hash(), state.word()) + unit.label(), INDENT));
          more(state)
              .ifPresent(line -> text.append(Lines.wrapped(" ".repeat(INDENT) + line, INDENT)));
        });
    return text.toString();
  }

  private static Optional<String> more(UnitState state) {
    return switch (state) {
      case UnitState.Running(String owner) -> Optional.of("by " + owner);
      case UnitState.Failed(String error, int _) -> Optional.of(error);
      case UnitState.Finished(double _, Optional<String> diverged) -> diverged;
      default -> Optional.empty();
    };
  }
}
