package engram.bench.record;

import engram.base.WholeFile;
import engram.cl.experiment.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Files that a run writes while it trains. One that cannot be made ends no training; the first is
 * said at once, each is tried again after the next task and at the end, and what is then still
 * missing is to be told. A run can do without most of them: pictures, the report and what it is
 * made from. Without its tables and networks it has not done what it was asked for.
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
  private record Missing(Work work, String reason, int since, Worth worth) {}

  /** What is made first where there is not room for all, and what a run cannot do without. */
  public enum Worth {
    TABLE,
    NETWORK,
    EXTRA
  }

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
    make(name, writing(name, content));
  }

  private Work writing(String name, WholeFile.Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return () -> {
      if (bytes.size() == 0) {
        content.writeTo(bytes);
      }
      folder.write(name, bytes::writeTo);
    };
  }

  /** Makes a file in another way. */
  public void make(String name, Work work) {
    make(name, Worth.EXTRA, work);
  }

  /** Writes or replaces a table of results. */
  void writeTable(String name, WholeFile.Content content) {
    make(name, Worth.TABLE, writing(name, content));
  }

  /** Makes a file that is worth more, or less, than others. */
  public void make(String name, Worth worth, Work work) {
    try {
      work.run();
      missing.remove(name);
    } catch (IOException | RuntimeException | Error e) {
      // Java reports what it lacks for drawing, fonts or memory, by all kinds of errors.
      missing.put(name, new Missing(work, reason(e), round, worth));
      if (!said) {
        notice.accept(reason(e) + "\nThe run goes on without it for now.");
        said = true;
      }
    }
  }

  /** Adds what somebody else could not make, who has told why. */
  public void lost(String name, String reason) {
    missing.put(name, new Missing(() -> {}, reason, round, Worth.EXTRA));
  }

  private static String reason(Throwable e) {
    boolean forPeople = e instanceof IOException || e instanceof UncheckedIOException;
    return forPeople && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  /** To be told of each event when all who write have been. */
  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.ExperimentFinished) {
      tryAgain();
    } else if (event instanceof RunEvent.TaskEvaluated) {
      new LinkedHashMap<>(missing)
          .forEach(
              (name, file) -> {
                if (file.since < round) {
                  make(name, file.worth, file.work);
                }
              });
      round++;
    }
  }

  /** Makes what is missing, the most worth first. */
  public void tryAgain() {
    inOrder().forEach(file -> make(file.getKey(), file.getValue().worth, file.getValue().work));
    round++;
  }

  private List<Map.Entry<String, Missing>> inOrder() {
    return missing.entrySet().stream()
        .<Map.Entry<String, Missing>>map(Map.Entry::copyOf)
        .sorted(Comparator.comparing(file -> file.getValue().worth))
        .toList();
  }

  /** Whether a file is missing that the run cannot do without. */
  public boolean lacksResults() {
    return missing.values().stream().anyMatch(file -> file.worth != Worth.EXTRA);
  }

  /** Whether a table other than this one is missing. */
  boolean lacksTableBut(String name) {
    return missing.entrySet().stream()
        .anyMatch(file -> file.getValue().worth == Worth.TABLE && !file.getKey().equals(name));
  }

  /** What could not be made after all, in a line, with the reason; empty when all is there. */
  public Optional<String> missing() {
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    List<Map.Entry<String, Missing>> all = inOrder();
    String names =
        all.stream().limit(NAMED).map(Map.Entry::getKey).collect(Collectors.joining(", "));
    String more = missing.size() > NAMED ? " and %d more".formatted(missing.size() - NAMED) : "";
    return Optional.of(
        "missing: %s%s (%s)".formatted(names, more, all.getFirst().getValue().reason()));
  }
}
