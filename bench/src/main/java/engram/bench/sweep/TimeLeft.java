package engram.bench.sweep;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** How long a sweep still takes, by what units of the same strategy took so far. */
final class TimeLeft {
  private record Sum(double seconds, int units) {
    Sum plus(double more) {
      return new Sum(seconds + more, units + 1);
    }

    double mean() {
      return seconds / units;
    }
  }

  private static final Sum NOTHING = new Sum(0, 0);

  private final Map<String, Sum> byStrategy = new HashMap<>();
  private Sum all = NOTHING;

  /** A unit is done. */
  void add(SweepUnit unit, double seconds) {
    byStrategy.merge(unit.strategy(), NOTHING.plus(seconds), (a, _) -> a.plus(seconds));
    all = all.plus(seconds);
  }

  /** Seconds of one unit; by the mean of all where none of its strategy is done. */
  private double expected(SweepUnit unit) {
    return byStrategy.getOrDefault(unit.strategy(), all).mean();
  }

  /**
   * Seconds until all are done; nothing before one is.
   *
   * @param waiting units that have not begun
   * @param running shares that are left of units under way
   * @param parallel how many run at once
   */
  OptionalDouble seconds(
      Collection<SweepUnit> waiting, Map<SweepUnit, Double> running, int parallel) {
    if (all.units() == 0) {
      return OptionalDouble.empty();
    }
    List<Double> begun =
        running.entrySet().stream().map(unit -> expected(unit.getKey()) * unit.getValue()).toList();
    double sum = begun.stream().mapToDouble(d -> d).sum();
    sum += waiting.stream().mapToDouble(this::expected).sum();
    // Nothing ends before the longest unit that is under way.
    double longest = begun.stream().mapToDouble(d -> d).max().orElse(0);
    return OptionalDouble.of(Math.max(sum / parallel, longest));
  }
}
