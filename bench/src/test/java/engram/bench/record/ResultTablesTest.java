package engram.bench.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import engram.base.WholeFile;
import engram.bench.file.CsvOut;
import engram.cl.experiment.EpochId;
import engram.cl.experiment.LossTerm;
import engram.cl.experiment.RunEvent.EpochFinished;
import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.Confusion;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All under a German locale, which writes a comma where a CSV file must have a point. */
class ResultTablesTest {
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void decimalsWithComma() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void resultsHaveOneRowPerStrategySeedAndTask() throws IOException {
    assertEquals(
        """
        strategy,seed,task,seen_classes,accuracy,task_mean_accuracy,macro_accuracy,seconds
        fine-tune,1,1,9,97.1235,97.1235,96.0000,12.346
        fine-tune,-7,2,18,50.0000,48.5000,100.0000,0.000
        """,
        text(
            results(
                new TaskResult("fine-tune", 1, 0, 9, 97.12345678, 97.12345678, 96, 12.3456),
                new TaskResult("fine-tune", -7, 1, 18, 50, 48.5, 100, 0))));
  }

  @Test
  void noResultsYetIsAHeaderAlone() throws IOException {
    assertEquals(
        "strategy,seed,task,seen_classes,accuracy,task_mean_accuracy,macro_accuracy,seconds\n",
        text(results()));
  }

  /** A folder of the run has its name. */
  @Test
  void aStrategysNameThatNoFolderCanHaveIsRefusedWithItsLine(@TempDir Path folder)
      throws IOException {
    for (String name : List.of("e\0r", "../er")) {
      Path file = Files.writeString(folder.resolve("results.csv"), "strategy\n" + name + "\n");
      IOException error = assertThrows(IOException.class, () -> ResultTables.readResults(file));
      assertEquals(
          "%s, line 2: strategy is \"%s\", expected the name of a strategy"
              .formatted(file, name.replace("\0", "\\u0000")),
          error.getMessage());
    }
  }

  private static CsvOut results(TaskResult... results) {
    CsvOut table = ResultTables.results();
    Stream.of(results).forEach(result -> table.add(ResultTables.cells(result)));
    return table;
  }

  @Test
  void lossTermsThatAStrategyLacksAreEmpty() throws IOException {
    assertEquals(
        """
        strategy,seed,task,epoch,images,seconds,images_per_second,loss_ce,loss_kd
        fine-tune,1,1,2,6000,4.000,1500.0,0.250000,
        rehearsal-kd,1,3,1,10,0.000,,0.500000,0.125000
        """,
        text(
            epochs(
                new EpochFinished(
                    new EpochId("fine-tune", 1, 0, 5, 1, 2),
                    6000,
                    4,
                    List.of(new LossTerm("ce", 0.25))),
                new EpochFinished(
                    new EpochId("rehearsal-kd", 1, 2, 5, 0, 2),
                    10,
                    0,
                    List.of(new LossTerm("ce", 0.5), new LossTerm("kd", 0.125))))));
  }

  private static CsvOut epochs(EpochFinished... epochs) {
    CsvOut table = ResultTables.epochs();
    Stream.of(epochs).forEach(epoch -> ResultTables.addEpoch(table, epoch));
    return table;
  }

  @Test
  void accuracyMatrixIsEmptyAboveTheDiagonal() throws IOException {
    AccuracyMatrix matrix = AccuracyMatrix.ofEqualTasks(new double[][] {{0.8}, {0.5, 0.9}});
    StrategyRun run =
        new StrategyRun(
            "a, \"b\"", 3, List.of(), matrix, matrix, new Confusion(2), Optional.empty());
    assertEquals(
        """
        strategy,seed,after_task,task_1,task_2
        "a, ""b""\",3,1,80.0000,
        "a, ""b""\",3,2,50.0000,90.0000
        """,
        text(ResultTables.matrices(List.of(run), StrategyRun::matrix)));
  }

  private static String text(WholeFile.Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
