package engram.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person gives it. */
@Tag("slow")
@Timeout(300)
class SweepCommandTest {
  @TempDir Path temp;
  private Sweeps sweeps = new Sweeps(Path.of(""), "");
  private Path out = Path.of("");
  private String printed = "";
  private String errors = "";

  @BeforeEach
  void makeImages() throws IOException {
    sweeps = Sweeps.in(temp);
    out = temp.resolve("sweep");
  }

  private int sweep(Path plan, String... more) {
    Sweeps.Result result = Sweeps.sweep(plan, out, more);
    printed = result.printed();
    errors = result.errors();
    return result.exit();
  }

  /** The plan that SWEEP.md shows, on images that take no time. */
  private Path documented() throws IOException {
    Matcher block =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("SWEEP.md")));
    assertTrue(block.find());
    String text = block.group(1);
    assertTrue(text.contains("data: digits\n  quick: true\n"), text);
    return sweeps.write(
        text.replace("data: digits\n  quick: true\n", "data: " + sweeps.data() + "\n"));
  }

  @Test
  void theDocumentsPlanRunsAndIsListedAndDoesNothingTwice() throws IOException {
    Path plan = documented();
    assertEquals(0, sweep(plan, "--list"), () -> errors);
    assertTrue(printed.startsWith("12 units in " + out + ": 12 waiting\n"), printed);
    assertFalse(Files.exists(out));

    assertEquals(0, sweep(plan, "--parallel=2"), () -> printed + errors);
    assertTrue(printed.contains("12 of 12 finished"), printed);
    assertTrue(Files.size(out.resolve("report.html")) > 1000);
    assertEquals(1 + 12 * 5, Files.readAllLines(out.resolve("results.csv")).size());
    assertTrue(Files.exists(out.resolve("summary.json")));
    assertEquals(Files.readString(plan), Files.readString(out.resolve("plan.yaml")));

    assertEquals(0, sweep(plan), () -> printed + errors);
    assertFalse(printed.contains("started"), printed);
    assertEquals(0, sweep(plan, "--list"), () -> errors);
    assertTrue(printed.contains("12 units in " + out + ": 12 finished\n"), printed);
    assertTrue(printed.contains("  finished     lucir@herding  seed 2  buffer 200\n"), printed);
  }

  @Test
  void aUnitIsAnOrdinaryRunThatSaysNothingOfThreads() throws IOException {
    assertEquals(0, sweep(sweeps.plan("er", ""), "--threads=2"), () -> printed + errors);
    SweepUnit unit = SweepPlan.read(temp.resolve("plan.yaml")).units().getFirst();
    Path folder = out.resolve("units").resolve(unit.hash());
    String config = Files.readString(folder.resolve("config.yaml"));
    assertTrue(config.contains("\nthreads: all\n"), config);
    assertTrue(config.contains("\nstrategies: er\n") || config.contains("[er]"), config);
    String card = Files.readString(folder.resolve("card.yaml"));
    assertFalse(card.contains("thread"), card);
    assertTrue(Files.exists(folder.resolve("checkpoints/er_seed1.safetensors")));
  }

  @Test
  void aStrategyThatBreaksIsListedAndTheOthersAreDone() throws IOException {
    Path plan = sweeps.plan("[%s, fine-tune]".formatted(sweeps.breaks()), "");
    assertEquals(1, sweep(plan), () -> printed + errors);
    assertTrue(printed.contains("2 units: 1 finished, 1 broken\n"), () -> printed + errors);
    assertTrue(printed.contains("breaks  seed 1\n"), printed);
    assertTrue(printed.contains("it breaks here"), printed);
    assertEquals(0, sweep(plan, "--list"));
    assertTrue(printed.contains("broken"), printed);
    assertFalse(errors.contains("\tat "), errors);
  }

  @Test
  void trainingThatDivergesIsAResultThatIsNeitherTriedAgainNorInAnyFigure() throws IOException {
    Path plan = sweeps.plan("fine-tune", "grid: {lr: [0.1, 100000]}\nseeds: 2\n");
    assertEquals(0, sweep(plan), () -> printed + errors);
    assertTrue(printed.contains("4 units: 2 finished, 2 diverged\n"), printed);
    assertFalse(printed.contains("tried again"), printed);
    assertFalse(printed.contains("left out"), printed);

    assertEquals(0, sweep(plan), () -> printed + errors);
    assertFalse(printed.contains("started"), printed);
    assertEquals(0, sweep(plan, "--list"), () -> errors);
    assertTrue(printed.contains("  diverged     fine-tune  seed 1  lr 100000\n"), printed);
    assertTrue(printed.contains("    training diverged in task 1"), printed);

    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.contains("fine-tune, seed 1: training diverged in task 1"), page);
    assertTrue(page.contains("(so did seeds: 2)"), page);
    assertFalse(page.contains(" is not done: "), page);
    JsonNode groups =
        new ObjectMapper().readTree(out.resolve("summary.json").toFile()).path("groups");
    assertEquals(2, groups.size(), "those that diverged are pooled, too");
    assertEquals(2, groups.get(1).path("summary").path("diverged").size());
  }

  @Test
  void shardsTogetherAreTheSweep() throws IOException {
    Path plan = sweeps.plan("[fine-tune, er]", "seeds: 2\n");
    for (String shard : List.of("1/3", "2/3", "3/3")) {
      assertEquals(0, sweep(plan, "--shard=" + shard), () -> printed + errors);
    }
    assertEquals(0, sweep(plan, "--list"));
    assertTrue(printed.startsWith("4 units in " + out + ": 4 finished\n"), printed);
  }

  @Test
  void whatCannotBeIsToldBeforeAnythingIsRun() throws IOException {
    Path right = sweeps.plan("er", "");
    String text = Files.readString(right);
    assertEquals(2, sweep(sweeps.write(text.replace("tasks: 2", "tasks: 3x5"))));
    assertTrue(errors.contains("plan.yaml, line 4: tasks 5 5 5 need 15 classes"), errors);
    assertEquals(2, sweep(sweeps.plan("err", "")));
    assertTrue(errors.contains("plan.yaml, line 8: there is no strategy \"err\""), errors);
    assertEquals(2, sweep(temp.resolve("none.yaml")));
    assertTrue(errors.contains("there is no such file"), errors);
    Path plan = sweeps.plan("er", "");
    assertEquals(2, sweep(plan, "--shard=4/3"));
    assertEquals(2, sweep(plan, "--parallel=0"));
    assertEquals(2, sweep(plan, "--job=slurmm"));
    assertFalse(Files.exists(out));
  }

  @Test
  void aJobFileHasAsManyJobsAsThereAreUnitsUnlessToldOtherwise() throws IOException {
    Path plan = sweeps.plan("er", "seeds: 3\n");
    assertEquals(0, sweep(plan, "--job=slurm"), () -> errors);
    assertTrue(printed.contains("#SBATCH --array=1-3\n"), printed);
    assertEquals(0, sweep(plan, "--job=kubernetes", "--shards=2", "--threads=7"), () -> errors);
    assertTrue(printed.contains("  completions: 2\n"), printed);
    assertTrue(printed.contains("cpu: \"7\"\n"), printed);
    assertFalse(Files.exists(out));
  }
}
