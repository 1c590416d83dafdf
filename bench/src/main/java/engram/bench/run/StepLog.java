package engram.bench.run;

import engram.bench.file.CsvIn;
import engram.bench.record.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Steps that a run logged of one strategy with one seed.
 *
 * @param steps by where they are
 * @param last the last of each task that has any
 */
record StepLog(Map<Place, Step> steps, Map<Integer, Integer> last) {
  private static final String LOSS = "loss_";

  /** Task and step, from 0. */
  private record Place(int task, int step) {}

  /**
   * A step as it was logged.
   *
   * @param hash of all parameters after it
   * @param losses by the names of their terms
   */
  record Step(String hash, Map<String, String> losses) {
    /** A term of the loss with all its digits; "nothing" where it was not logged. */
    String loss(String term) {
      return losses.getOrDefault(term, "nothing");
    }
  }

  /**
   * The log in the folder of a run; nothing where there is none.
   *
   * @throws IOException naming file, line and column
   */
  static StepLog read(Path run, String strategy, long seed) throws IOException {
    StepLog log = new StepLog(new HashMap<>(), new HashMap<>());
    Path file = run.resolve(RunFiles.steps(strategy, seed));
    if (Files.exists(file)) {
      for (CsvIn.Row row : CsvIn.read(file)) {
        log.add(row);
      }
    }
    return log;
  }

  private void add(CsvIn.Row row) throws IOException {
    Place place = new Place(row.integer("task") - 1, row.integer("step") - 1);
    Map<String, String> losses = new LinkedHashMap<>();
    for (String column : row.columns()) {
      if (column.startsWith(LOSS)) {
        losses.put(column.substring(LOSS.length()), row.text(column));
      }
    }
    steps.put(place, new Step(row.text("hash"), losses));
    last.merge(place.task, place.step, Math::max);
  }

  /** A step, if it was logged. */
  Optional<Step> step(int task, int step) {
    return Optional.ofNullable(steps.get(new Place(task, step)));
  }

  /** Whether a later task was begun, so that the steps of this one are all there are. */
  boolean isOver(int task) {
    return last.keySet().stream().anyMatch(other -> other > task);
  }

  /** The last step of a task that was logged; 0 where none was. */
  int lastOf(int task) {
    return last.getOrDefault(task, 0);
  }
}
