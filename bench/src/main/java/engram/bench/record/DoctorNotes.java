package engram.bench.record;

import engram.bench.file.CsvIn;
import engram.bench.file.CsvOut;
import engram.cl.doctor.RunFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes what a doctor finds into {@code doctor.csv}, and says it. What was found before a run was
 * interrupted stays, and is not found again.
 */
public final class DoctorNotes implements Consumer<RunFinding> {
  private static final List<String> COLUMNS =
      List.of("strategy", "seed", "task", "step", "symptom", "where", "what", "remedy");

  private final BestEffort files;
  private final Consumer<String> say;
  private final CsvOut table = new CsvOut(COLUMNS);
  private final Set<List<String>> known = new HashSet<>();

  /**
   * @param folder of the run
   * @param say takes each finding, to be shown
   */
  public DoctorNotes(Path folder, BestEffort files, Consumer<String> say) {
    this.files = files;
    this.say = say;
    Path file = folder.resolve(RunFiles.DOCTOR);
    if (Files.exists(file)) {
      files.make(RunFiles.DOCTOR, () -> remember(CsvIn.read(file)));
    } else {
      files.write(RunFiles.DOCTOR, table); // that it is there says that a doctor watched
    }
  }

  private void remember(List<CsvIn.Row> rows) throws IOException {
    for (CsvIn.Row row : rows) {
      List<String> cells = new ArrayList<>();
      for (String column : COLUMNS) {
        cells.add(row.text(column));
      }
      add(cells);
    }
  }

  private boolean add(List<String> cells) {
    boolean isNew = known.add(List.of(cells.get(0), cells.get(1), cells.get(4), cells.get(5)));
    if (isNew) {
      table.add(cells);
    }
    return isNew;
  }

  @Override
  public void accept(RunFinding found) {
    boolean isNew =
        add(
            List.of(
                found.strategy(),
                String.valueOf(found.seed()),
                String.valueOf(found.task() + 1),
                found.step() == 0 ? "" : String.valueOf(found.step()),
                found.finding().symptom(),
                found.finding().where(),
                found.finding().what(),
                found.finding().remedy()));
    if (isNew) {
      files.write(RunFiles.DOCTOR, table);
      say.accept("doctor: " + found);
    }
  }
}
