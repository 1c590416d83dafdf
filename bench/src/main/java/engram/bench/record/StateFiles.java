package engram.bench.record;

import engram.cl.experiment.StateSink;
import engram.cl.state.Snapshot;
import engram.nn.io.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The states of a run in its folder, {@code state/000001.safetensors} and on: the last two are
 * kept. One that the disk does not take ends no training; it is said, and the next is tried when it
 * is due.
 */
public final class StateFiles implements StateSink {
  private static final int KEPT = 2;

  private final Path run;
  private final Consumer<Snapshot> more;
  private final Pace pace;
  private final Consumer<String> notice;
  private int number;
  private final long start = System.nanoTime();
  private long last = start;
  private long cost;
  private boolean said;
  private Optional<String> problem = Optional.empty();

  /**
   * How often states are written.
   *
   * @param least from one to the next
   * @param times a run lasts so many times as long as all its states took and the next will, which
   *     is taken to cost what the last did
   */
  public record Pace(Duration least, int times) {
    /** So that writing takes one part in fifty of the time at most. */
    public static final Pace USUAL = new Pace(Duration.ofSeconds(20), 50);

    /** After each epoch and task. */
    public static final Pace EVERY = new Pace(Duration.ZERO, 0);
  }

  /**
   * @param run folder of the run
   * @param more adds to a state what belongs to its moment
   * @param notice takes lines that a person should see
   */
  public StateFiles(Path run, Consumer<Snapshot> more, Pace pace, Consumer<String> notice)
      throws IOException {
    this.run = run;
    this.more = more;
    this.pace = pace;
    this.notice = notice;
    number = in(run).stream().mapToInt(StateFiles::number).max().orElse(0);
  }

  /** Files of states in a run's folder, the newest last. */
  public static List<Path> in(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve(RunFiles.STATES))) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches("\\d{1,9}\\.safetensors"))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static int number(Path file) {
    return Integer.parseInt(String.valueOf(file.getFileName()).replaceAll("\\D", ""));
  }

  @Override
  public boolean isDue(Duration spent) {
    long now = System.nanoTime();
    return now - last >= pace.least.toNanos()
        && now - start >= pace.times * (spent.toNanos() + cost);
  }

  @Override
  public void complete(Snapshot state) {
    more.accept(state);
  }

  @Override
  public void accept(Snapshot state) {
    long begin = System.nanoTime();
    try {
      SafeTensors content = state.content();
      makeRoom(content.bytes());
      content.write(run.resolve(RunFiles.STATES).resolve("%06d.safetensors".formatted(++number)));
      keep(KEPT);
      problem = Optional.empty();
    } catch (IOException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
      if (!said) {
        notice.accept("no new state to go on from: %s\nThe run goes on.".formatted(e.getMessage()));
        said = true;
      }
    }
    last = System.nanoTime();
    cost = last - begin;
  }

  /** Why the last state is not there; empty when it is. */
  public Optional<String> problem() {
    return problem;
  }

  /** The older of two states goes first where there is no room for a third. */
  private void makeRoom(long bytes) throws IOException {
    if (Space.shortage(run, bytes).isPresent()) {
      keep(KEPT - 1);
    }
    Optional<String> shortage = Space.shortage(run, bytes);
    if (shortage.isPresent()) {
      throw new IOException(shortage.get());
    }
  }

  private void keep(int count) throws IOException {
    List<Path> files = in(run);
    for (Path file : files.subList(0, Math.max(0, files.size() - count))) {
      Files.deleteIfExists(file);
    }
  }

  /** Removes all states of a run that is done. */
  public static void remove(Path run) throws IOException {
    for (Path file : in(run)) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(run.resolve(RunFiles.STATES));
  }
}
