package engram.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.subject.TinyMnist;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A run in which the training of a strategy diverges: all that it writes says so. */
class DivergedRunTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... further) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    CommandLine command = new CommandLine(new RunCommand());
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "--data=" + TinyMnist.write(data, 5, 2),
                "--network=mlp 6 1",
                "--tasks=2",
                "--epochs=3",
                "--batch=5",
                "--device=plain",
                "--threads=1",
                "--out=" + folder.resolve("run")));
    arguments.addAll(List.of(further));
    return command.execute(arguments.toArray(String[]::new));
  }

  private String file(String name) throws IOException {
    return Files.readString(folder.resolve("run").resolve(name));
  }

  @Test
  void theOthersGoOnAndTableReportSummaryAndExitCodeSaySo() throws IOException {
    int exit = run("--strategies=online-ewc_lambda=1e38,fine-tune", "--lr=0.01");
    assertEquals(1, exit);
    String told = "online-ewc_lambda=1e38, seed 1: training diverged in task 2, step ";
    assertTrue(err.toString().contains("engram: " + told), err::toString);
    assertTrue(err.toString().contains("use a smaller --lr"), err::toString);
    assertTrue(
        out.toString().contains("online-ewc_lambda=1e38, seed 1\n                   diverged"),
        out::toString);
    assertTrue(out.toString().lines().anyMatch(l -> l.matches("fine-tune  +\\d.*")), out::toString);
    assertTrue(file("diverged.csv").contains("online-ewc_lambda=1e38,1,2,"), file("diverged.csv"));
    assertTrue(file("summary.json").contains("\"strategy\" : \"online-ewc_lambda=1e38\""));
    assertTrue(file("summary.md").contains(told), file("summary.md"));
    assertTrue(file("report.html").contains(told), "the report");
    assertFalse(file("report.html").contains("data-chart=\"online-ewc"), "in no figure");
    assertFalse(
        Files.exists(folder.resolve("run/checkpoints/online-ewc_lambda=1e38_seed1.safetensors")));
    assertTrue(Files.exists(folder.resolve("run/checkpoints/fine-tune_seed1.safetensors")));
  }

  @Test
  void aRunThatDidNothingElseIsNoSuccess() throws IOException {
    assertEquals(1, run("--strategies=fine-tune", "--lr=900000", "--optimizer=sgd"));
    assertTrue(
        err.toString().contains("engram: fine-tune, seed 1: training diverged in task 1, step "),
        err::toString);
    assertTrue(file("summary.json").contains("\"diverged\" : [ {"), file("summary.json"));
  }
}
