package engram.bench.tune;

import engram.bench.file.CsvIn;
import engram.bench.file.CsvOut;
import engram.bench.record.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * {@code trials.csv}: each trial that is done, in the order in which they were. The file is whole
 * at any time, so that a search that was broken off goes on where it was.
 */
final class TrialLog {
  private static final String FILE = "trials.csv";

  private final RunFolder folder;
  private final List<String> varied;
  private final List<Trial.Done> done = new ArrayList<>();

  /**
   * The log in a folder, with what it holds.
   *
   * @param varied names of the options that are varied
   * @throws IOException if the file there is not the log of a search over these options
   */
  TrialLog(RunFolder folder, List<String> varied) throws IOException {
    this.folder = folder;
    this.varied = varied;
    Path file = folder.path().resolve(FILE);
    if (Files.exists(file)) {
      try {
        for (CsvIn.Row row : CsvIn.read(file)) {
          done.add(read(row));
        }
      } catch (IOException e) {
        throw new IOException(e.getMessage() + "; name a new folder with --out", e);
      }
    }
  }

  private Trial.Done read(CsvIn.Row row) throws IOException {
    SequencedMap<String, String> options = new LinkedHashMap<>();
    for (String name : varied) {
      options.put(name, row.text(name));
    }
    return new Trial.Done(
        new Trial(options, row.integer(Trial.EPOCHS)),
        new Trial.Score(row.number("accuracy"), row.number("average"), row.number("seconds")));
  }

  /** The columns; epochs have one whether they are varied or not. */
  List<String> head(String accuracy) {
    List<String> head = new ArrayList<>(varied);
    head.remove(Trial.EPOCHS);
    head.addAll(List.of(Trial.EPOCHS, accuracy, "average", "seconds"));
    return head;
  }

  /** All trials that are done. */
  List<Trial.Done> done() {
    return List.copyOf(done);
  }

  /** The score of a trial, if it is done. */
  Optional<Trial.Score> find(Trial trial) {
    return done.stream()
        .filter(known -> known.trial().equals(trial))
        .map(Trial.Done::score)
        .findFirst();
  }

  /** Notes a trial. */
  void add(Trial.Done trial) throws IOException {
    done.add(trial);
    CsvOut table = new CsvOut(head("accuracy"));
    done.forEach(each -> table.add(row(each)));
    folder.write(FILE, table);
  }

  /** A trial as cells in the order of the columns. */
  static List<String> row(Trial.Done trial) {
    Trial.Score score = trial.score();
    List<String> row = new ArrayList<>(trial.trial().values());
    row.add(String.valueOf(trial.trial().epochs()));
    row.add(String.format(Locale.ROOT, "%.3f", score.accuracy()));
    row.add(String.format(Locale.ROOT, "%.3f", score.average()));
    row.add(String.format(Locale.ROOT, "%.1f", score.seconds()));
    return row;
  }
}
