package engram.bench.record;

import engram.bench.file.CsvIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Something that a doctor found in training a strategy, as {@code doctor.csv} tells it; with all
 * seeds of which it was found, and the numbers of the first of them.
 *
 * @param task from 1
 * @param step of the task, from 1; empty for what was seen when the task was done
 */
public record RecordedFinding(
    String strategy,
    List<Long> seeds,
    int task,
    OptionalLong step,
    String symptom,
    String where,
    String what,
    String remedy) {

  public RecordedFinding {
    seeds = List.copyOf(seeds);
  }

  /**
   * What was found in runs, in the order in which it was; empty where no doctor watched any.
   *
   * @param folders of the runs
   * @throws IOException naming the file that is damaged
   */
  public static Optional<List<RecordedFinding>> in(List<Path> folders) throws IOException {
    Map<List<String>, RecordedFinding> found = new LinkedHashMap<>();
    boolean watched = false;
    for (Path folder : folders) {
      Path file = folder.resolve(RunFiles.DOCTOR);
      if (Files.exists(file)) {
        watched = true;
        for (CsvIn.Row row : CsvIn.read(file)) {
          RecordedFinding one = of(row);
          found.merge(
              List.of(one.strategy, one.symptom, one.where), one, RecordedFinding::withSeedsOf);
        }
      }
    }
    return watched ? Optional.of(List.copyOf(found.values())) : Optional.empty();
  }

  private static RecordedFinding of(CsvIn.Row row) throws IOException {
    return new RecordedFinding(
        row.text("strategy"),
        List.of(row.whole("seed")),
        row.integer("task"),
        row.wholeOrEmpty("step"),
        row.text("symptom"),
        row.text("where"),
        row.text("what"),
        row.text("remedy"));
  }

  private RecordedFinding withSeedsOf(RecordedFinding other) {
    List<Long> all = new ArrayList<>(seeds);
    all.addAll(other.seeds);
    return new RecordedFinding(strategy, all, task, step, symptom, where, what, remedy);
  }

  /** {@code er, seed 1, task 1, step 20}, or {@code er, seeds 1 2 3, task 2, at its end}. */
  public String place() {
    return "%s, %s %s, task %d, %s"
        .formatted(
            strategy,
            seeds.size() == 1 ? "seed" : "seeds",
            seeds.stream().map(String::valueOf).collect(Collectors.joining(" ")),
            task,
            step.isPresent() ? "step " + step.getAsLong() : "at its end");
  }

  @Override
  public String toString() {
    return "%s: %s, %s: %s %s".formatted(place(), symptom, where, what, remedy);
  }
}
