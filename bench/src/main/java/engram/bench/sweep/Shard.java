package engram.bench.sweep;

import engram.base.Excerpt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A part of the units of a plan, for one job of an array.
 *
 * @param number from 1
 * @param count of all shards
 */
public record Shard(int number, int count) {
  /** All units. */
  public static final Shard ALL = new Shard(1, 1);

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  public Shard {
    if (count < 1 || number < 1 || number > count) {
      throw new IllegalArgumentException(
          "shard is %d/%d, expected a number from 1 to the count, such as 3/20"
              .formatted(number, count));
    }
  }

  /** Reads {@code 3/20}. */
  public static Shard parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "shard is \"%s\", expected the third of twenty as 3/20".formatted(Excerpt.of(text)));
    }
    return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  /**
   * The shard of this job: what Slurm says of a job array, or Kubernetes of an indexed job; all
   * units outside of both.
   *
   * @param shards how many there are, which Kubernetes tells no job; with it, a task of Slurm's is
   *     the shard of its number, from 1
   */
  public static Shard of(Map<String, String> environment, Optional<Integer> shards) {
    Environment said = new Environment(environment);
    Optional<Integer> task = said.number("SLURM_ARRAY_TASK_ID");
    if (task.isPresent()) {
      return shards
          .map(count -> new Shard(task.get(), count))
          .orElseGet(() -> said.range(task.get()));
    }
    Optional<Integer> index = said.number("JOB_COMPLETION_INDEX");
    if (index.isPresent()) {
      return new Shard(
          index.get() + 1, shards.orElseThrow(() -> countMissing("JOB_COMPLETION_INDEX")));
    }
    return ALL;
  }

  private static IllegalArgumentException countMissing(String variable) {
    return new IllegalArgumentException(
        variable + " says which shard this is, but not of how many: give --shards N");
  }

  /** Every count-th unit, so that each shard has some of every setting. */
  public <T> List<T> of(List<T> units) {
    IntFunction<T> unit = units::get;
    return IntStream.iterate(number - 1, i -> i < units.size(), i -> i + count)
        .mapToObj(unit)
        .toList();
  }

  private record Environment(Map<String, String> variables) {
    /** All tasks of an array are its shards; some of them say nothing of the others. */
    Shard range(int task) {
      int first = number("SLURM_ARRAY_TASK_MIN").orElse(1);
      int step = Math.max(1, number("SLURM_ARRAY_TASK_STEP").orElse(1));
      int count =
          number("SLURM_ARRAY_TASK_COUNT").orElseThrow(() -> countMissing("SLURM_ARRAY_TASK_ID"));
      int last = number("SLURM_ARRAY_TASK_MAX").orElse(first + (count - 1) * step);
      if ((last - first) / step + 1 != count) {
        throw new IllegalArgumentException(
            "the array has %d tasks from %d to %d: with gaps, give --shards N"
                .formatted(count, first, last));
      }
      return new Shard((task - first) / step + 1, count);
    }

    /** A variable that is empty counts as not set. */
    Optional<Integer> number(String name) {
      String text = variables.getOrDefault(name, "").strip();
      if (text.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(Integer.valueOf(text));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "%s is \"%s\", expected a whole number".formatted(name, Excerpt.of(text)), e);
      }
    }
  }
}
