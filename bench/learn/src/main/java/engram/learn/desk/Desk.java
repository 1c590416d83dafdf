package engram.learn.desk;

import engram.base.WholeFile;
import engram.learn.exercise.Exercise;
import engram.learn.exercise.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A learner's folder: their files, and what has passed. */
public final class Desk {
  private final Path folder;
  private final Progress progress;

  /**
   * @param folder may be missing; it is made with the first file
   * @throws IOException if what is remembered in it cannot be read
   */
  public Desk(Path folder) throws IOException {
    this.folder = folder;
    progress = new Progress(folder.resolve("progress.txt"));
  }

  /** The learner's file of an exercise, which may be missing. */
  public Path file(Exercise<?> exercise) {
    return folder.resolve(exercise.className() + ".java");
  }

  /** Whether the learner has begun. */
  public boolean hasBegun(Exercise<?> exercise) {
    return Files.exists(file(exercise));
  }

  /** Writes the file that the learner begins with. One that is there is never overwritten. */
  public void begin(Exercise<?> exercise) throws IOException {
    if (!hasBegun(exercise)) {
      byte[] starter = exercise.starter().getBytes(StandardCharsets.UTF_8);
      WholeFile.write(file(exercise), out -> out.write(starter));
    }
  }

  /** Compiles and checks the learner's file, and remembers whether it passed. */
  public <T> Verdict check(Exercise<T> exercise) throws IOException {
    Verdict verdict = Grader.grade(exercise, file(exercise), exercise.limit());
    progress.passed(exercise.name(), verdict instanceof Verdict.Passed);
    return verdict;
  }

  public boolean hasPassed(Exercise<?> exercise) {
    return progress.of(exercise.name()).passed();
  }

  /** How many hints were read. */
  public int hintsRead(Exercise<?> exercise) {
    return progress.of(exercise.name()).hints();
  }

  /** The hints read so far and the next one, which counts as read from now on. */
  public List<String> nextHint(Exercise<?> exercise) throws IOException {
    int read = Math.min(Exercise.HINTS, hintsRead(exercise) + 1);
    progress.hints(exercise.name(), read);
    return exercise.hints().subList(0, read);
  }
}
