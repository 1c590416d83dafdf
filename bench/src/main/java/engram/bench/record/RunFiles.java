package engram.bench.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of a record are: see the package's description. */
final class RunFiles {
  static final String CLASSES = "classes.csv";
  static final String PICTURES = "classes.png";
  static final String TASKS = "tasks.csv";
  static final String CONFUSION = "confusion.csv";
  static final String CLASSIFIER = "classifier.csv";
  static final String USAGE = "usage.csv";
  static final String FILTERS = "filters.png";
  static final String MISTAKES = "mistakes.csv";
  static final String MISTAKE_IMAGES = "mistakes.png";

  private RunFiles() {}

  /** The folder of all these files in a run's folder. */
  static Path of(Path run) {
    return run.resolve("report");
  }

  static Path of(Path run, String strategy, long seed) {
    return of(run).resolve("%s_seed%d".formatted(strategy, seed));
  }

  /**
   * All of a file that must be there.
   *
   * @throws IOException naming it
   */
  static byte[] read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("%s is missing".formatted(file));
    }
    return Files.readAllBytes(file);
  }

  /**
   * @param task from 0
   */
  static String memory(int task) {
    return "memory_task%d.jpg".formatted(task + 1);
  }
}
