package engram.bench.record;

import engram.base.WholeFile;
import engram.cl.experiment.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Files that a run can do without: pictures, the report and what it is made from. One that cannot
 * be made ends no training; the first is said at once, each is tried again after the next task and
 * at the end, and what is then still missing is to be told.
 */
public final class BestEffort implements Consumer<RunEvent> {
  private static final int NAMED = 3;

  private final RunFolder folder;
  private final Consumer<String> notice;
  private final SequencedMap<String, Missing> missing = new LinkedHashMap<>();
  private boolean said;
  private int round;

  /** Makes a file, from what does not change later. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /**
   * @param since round in which it was tried last
   */
  private record Missing(Work work, String reason, int since) {}

  /**
   * @param notice takes a line that a person should see
   */
  public BestEffort(RunFolder folder, Consumer<String> notice) {
    this.folder = folder;
    this.notice = notice;
  }

  /**
   * Writes or replaces a file.
   *
   * @param name path in the folder, one of {@link RunFiles}
   * @param content asked at once; what it gave is kept if the disk does not take it
   */
  public void write(String name, WholeFile.Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    make(
        name,
        () -> {
          if (bytes.size() == 0) {
            content.writeTo(bytes);
          }
          folder.write(name, bytes::writeTo);
        });
  }

  /** Makes a file in another way. */
  public void make(String name, Work work) {
    try {
      work.run();
      missing.remove(name);
    } catch (IOException | RuntimeException | Error e) {
      // Java reports what it lacks for drawing, fonts or memory, by all kinds of errors.
      missing.put(name, new Missing(work, reason(e), round));
      if (!said) {
        notice.accept(reason(e) + "\nThe run goes on without it for now.");
        said = true;
      }
    }
  }

  /** Adds what somebody else could not make, who has told why. */
  public void lost(String name, String reason) {
    missing.put(name, new Missing(() -> {}, reason, round));
  }

  private static String reason(Throwable e) {
    boolean forPeople = e instanceof IOException || e instanceof UncheckedIOException;
    return forPeople && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  /** To be told of each event when all who write have been. */
  @Override
  public void accept(RunEvent event) {
    boolean end = event instanceof RunEvent.ExperimentFinished;
    if (end || event instanceof RunEvent.TaskEvaluated) {
      new LinkedHashMap<>(missing)
          .forEach(
              (name, file) -> {
                if (end || file.since < round) {
                  make(name, file.work);
                }
              });
      round++;
    }
  }

  /** What could not be made after all, in a line, with the reason; empty when all is there. */
  public Optional<String> missing() {
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String names = missing.keySet().stream().limit(NAMED).collect(Collectors.joining(", "));
    String more = missing.size() > NAMED ? " and %d more".formatted(missing.size() - NAMED) : "";
    return Optional.of(
        "missing: %s%s (%s)".formatted(names, more, missing.sequencedValues().getLast().reason()));
  }
}
