package engram.bench.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.random.CounterRandom;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MatrixFileTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    Path file = folder.resolve("m.csv");
    Files.writeString(file, text);
    return file;
  }

  private String metrics(String text) throws IOException {
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new MetricsCommand())
            .setOut(new PrintWriter(out))
            .execute(file(text).toString());
    assertEquals(0, exit);
    return out.toString();
  }

  private String error(String text) throws IOException {
    Path file = file(text);
    String message = assertThrows(IOException.class, () -> MatrixFile.read(file)).getMessage();
    return message.replace(file.toString(), "m.csv");
  }

  /**
   * Final mean (50 + 60 + 95) / 3; task means 80, 80, 68.33..; best before the last: 90 and 70, so
   * forgetting (40 + 10) / 2; first: 80 and 70, so BWT (-30 - 10) / 2.
   */
  @Test
  void allMetricsOfAMatrixWorkedByHand() throws IOException {
    assertEquals(
        """
        metric,value
        final_mean,68.33333333
        aia,76.11111111
        forgetting,25
        bwt,-20
        """,
        metrics("80,,\n90,70,\n50,60,95\n"));
  }

  @Test
  void sharesGiveShares() throws IOException {
    assertEquals(
        """
        metric,value
        final_mean,0.6833333333
        aia,0.7611111111
        forgetting,0.25
        bwt,-0.2
        """,
        metrics("0.8\n0.9,0.7\n0.5,0.6,0.95\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task_1,task_2\n80,\n50,90\n",
        "after,task_1,task_2\n1,80,\n2,50,90\n",
        ",0,1\n0,80.0,\n1,50.0,90.0\n",
        "first,80,\nsecond,50,90\n",
        "\uFEFF 80 , \r\n 50 , 90 \r\n\r\n",
        "80\n50,90",
        "80\r50,90",
        "1,2\n80,\n50,90\n",
        "task,1,2\n1,80,\n2,50,90\n",
        "0,80\n1,50,90\n",
        "80,nan\n50,90\n",
        "80 %,\n50%,90%\n",
        "\"80\",\"\"\n\"50\",\"90\"\n",
        "8e1,\n+50.,90.00\n",
        "80,,,\n,,,\n50,90,,\n"
      })
  void namesOfRowsAndColumnsSpacesAndShortRowsAreUnderstood(String text) throws IOException {
    assertEquals("metric,value\nfinal_mean,70\naia,75\nforgetting,30\nbwt,-30\n", metrics(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"75.5\n", "1\n75.5\n", "task_1\n75.5\n", ",1\n1,75.5\n", "0,75.5\n"})
  void oneTaskMayHaveNamesToo(String text) throws IOException {
    assertEquals("metric,value\nfinal_mean,75.5\naia,75.5\nforgetting,\nbwt,\n", metrics(text));
  }

  /** All metrics are linear: whether 0.5 is a share or half a percent makes no difference. */
  @Test
  void smallPercentagesAreKept() throws IOException {
    assertEquals(
        "metric,value\nfinal_mean,0.35\naia,0.425\nforgetting,0.3\nbwt,-0.3\n",
        metrics("0.5%\n0.2%,0.5%\n"));
  }

  @Test
  void oneTaskLeavesNothingToForget() throws IOException {
    assertEquals("metric,value\nfinal_mean,75.5\naia,75.5\nforgetting,\nbwt,\n", metrics("75.5\n"));
  }

  @Test
  void fileOfARunGivesRowsForEachStrategyAndSeed() throws IOException {
    assertEquals(
        """
        strategy,seed,metric,value
        er,1,final_mean,70
        er,1,aia,75
        er,1,forgetting,30
        er,1,bwt,-30
        "a, b",2,final_mean,10
        "a, b",2,aia,10
        "a, b",2,forgetting,
        "a, b",2,bwt,
        """,
        metrics(
            """
            strategy,seed,after_task,task_1,task_2
            er,1,1,80.0000,
            er,1,2,50.0000,90.0000
            "a, b",2,1,10,
            """));
  }

  @Test
  void errorsNameFileLineColumnValueAndWhatIsExpected() throws IOException {
    assertEquals(
        "m.csv, line 2, column 1: holds \"x\", expected a share from 0 to 1 or a percentage from 0"
            + " to 100",
        error("80,\nx,90\n"));
    assertEquals(
        "m.csv, line 2, column 2: is empty, expected the accuracy on task 2 after task 2",
        error("80,\n50,\n"));
    assertEquals(
        "m.csv, line 1, column 2: holds \"3\", expected an empty cell: row 1 is the state after"
            + " task 1, column 2 a task not yet learnt",
        error("80,3\n50,90\n"));
    assertEquals(
        "m.csv, line 1, column 1: holds \"101\", expected a share from 0 to 1 or a percentage from"
            + " 0 to 100",
        error("101\n"));
    assertEquals(
        "m.csv: there is no accuracy in it, expected one row for each task", error("\n\n"));
    assertEquals("m.csv: there is no row below the names of the columns", error("a,b\n"));
    assertEquals(
        "m.csv, line 2, column 2: holds \"90\", expected all accuracies with a percent sign, or"
            + " none",
        error("80%\n50%,90\n"));
    assertEquals(
        "m.csv, line 2, column 3: holds \"2\", expected 1: rows of a strategy and a seed are in the"
            + " order of tasks",
        error("strategy,seed,after_task,task_1,task_2\ner,1,2,50,90\ner,1,1,80,\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-0.1", "1e3", "0x1p3", "Infinity", "5d", "80 %%", "101"})
  void whatIsNoAccuracyIsAnError(String cell) throws IOException {
    assertEquals(
        "m.csv, line 2, column 2: holds \"%s\", expected a share from 0 to 1 or a percentage from 0 to 100"
            .formatted(cell),
        error("80\n50," + cell + "\n"));
  }

  /**
   * Whatever the file holds, there is a result or an error that names it: no exception of another
   * kind.
   */
  @Test
  void damagedFilesNeverBreakTheReader() throws IOException {
    String sound =
        "strategy,seed,after_task,task_1,task_2\r\n\"a, b\",1,1,80.5,\r\n\"a, b\",1,2,50,90\r\n";
    String pieces = ",\n\r\" %.;09eE+-nax\t\u0000\uFEFFé";
    CounterRandom random = new CounterRandom(1);
    int errors = 0;
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder(sound.substring(random.below(2, 9L * round) * 40));
      for (int edit = 0; edit < 4; edit++) {
        int at = random.below(text.length(), 9L * round + 1 + edit);
        char piece = pieces.charAt(random.below(pieces.length(), 9L * round + 5 + edit));
        text.setCharAt(at, piece);
      }
      Path file = file(text.toString());
      try {
        assertFalse(MatrixFile.read(file).isEmpty());
      } catch (IOException e) {
        errors++;
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
      }
    }
    assertTrue(errors > 100 && errors < 2000, errors + " errors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"80;\n50;90\n", "80,5;\n50,1;90,2\n", "80\t\n50\t90\n"})
  void otherSeparatorsAreNamed(String text) throws IOException {
    assertEquals(
        "m.csv: columns are parted by semicolons or tabs, expected commas (and points in numbers)",
        error(text));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path absent = folder.resolve("absent.csv");
    assertEquals(
        absent + ": there is no such file",
        assertThrows(IOException.class, () -> MatrixFile.read(absent)).getMessage());
  }

  @Test
  void aFolderIsAnsweredWithTheFileInIt() {
    assertEquals(
        "%s: this is a folder, expected a CSV file; of a run  %s"
            .formatted(folder, folder.resolve("accuracy_matrix.csv")),
        assertThrows(IOException.class, () -> MatrixFile.read(folder)).getMessage());
  }
}
