package engram.bench.tune;

import engram.bench.file.CsvOut;
import engram.bench.record.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * {@code trials.csv}: each trial that is done, in the order in which they were. The file is whole
 * at any time, so that a search that was broken off goes on where it was.
 */
final class TrialLog {
  private static final String FILE = "trials.csv";

  private final RunFolder folder;
  private final List<String> names;
  private final boolean epochsVary;
  private final List<Trial.Done> done = new ArrayList<>();

  /**
   * The log in a folder, with what it holds.
   *
   * @param names options that are varied
   * @throws IOException if the file there is not the log of a search over these options
   */
  TrialLog(RunFolder folder, List<String> names) throws IOException {
    this.folder = folder;
    this.names = names.stream().filter(name -> !name.equals(Trial.EPOCHS)).toList();
    epochsVary = names.contains(Trial.EPOCHS);
    Path file = folder.path().resolve(FILE);
    if (Files.exists(file)) {
      try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.RFC4180)) {
        for (CSVRecord row : parser) {
          read(file, row);
        }
      }
    }
  }

  private void read(Path file, CSVRecord row) throws IOException {
    List<String> cells = row.toList();
    boolean isHead = row.getRecordNumber() == 1;
    if (isHead ? !cells.equals(head()) : cells.size() != names.size() + 4) {
      throw damaged(file, row, "expected the columns " + String.join(",", head()));
    }
    if (!isHead) {
      SequencedMap<String, String> options = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        options.put(names.get(i), cells.get(i));
      }
      int at = names.size();
      if (epochsVary) {
        options.put(Trial.EPOCHS, cells.get(at));
      }
      try {
        done.add(
            new Trial.Done(
                new Trial(options, Integer.parseInt(cells.get(at))),
                new Trial.Score(
                    Double.parseDouble(cells.get(at + 1)),
                    Double.parseDouble(cells.get(at + 2)),
                    Double.parseDouble(cells.get(at + 3)))));
      } catch (NumberFormatException e) {
        throw damaged(file, row, "a figure is not a number");
      }
    }
  }

  private static IOException damaged(Path file, CSVRecord row, String problem) {
    return new IOException(
        "%s, line %d: %s; name a new folder with --out"
            .formatted(file, row.getRecordNumber(), problem));
  }

  private List<String> head() {
    List<String> head = new ArrayList<>(names);
    head.addAll(List.of(Trial.EPOCHS, "accuracy", "average", "seconds"));
    return head;
  }

  /** Options that are varied; epochs have a column in any case. */
  List<String> names() {
    return names;
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
    CsvOut table = new CsvOut(head());
    done.forEach(each -> table.add(row(each)));
    folder.write(FILE, table);
  }

  /** A trial as cells in the order of the columns. */
  static List<String> row(Trial.Done trial) {
    List<String> row = new ArrayList<>(trial.trial().values());
    row.add(String.valueOf(trial.trial().epochs()));
    row.add(decimals(trial.score().accuracy(), 3));
    row.add(decimals(trial.score().average(), 3));
    row.add(decimals(trial.score().seconds(), 1));
    return row;
  }

  private static String decimals(double value, int count) {
    return String.format(Locale.ROOT, "%." + count + "f", value);
  }
}
