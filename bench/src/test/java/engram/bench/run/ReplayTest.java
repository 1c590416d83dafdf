package engram.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.record.StateFiles;
import engram.bench.step.StepCommand;
import engram.cl.experiment.Position;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A step of a run, run once more: {@code engram replay}, and {@code engram step} of a run. */
@Tag("slow")
@Timeout(300)
class ReplayTest {
  @TempDir private static Path temp;
  private static Path whole = Path.of("");
  private static Path killed = Path.of("");
  private final List<String> notices = new ArrayList<>();

  @BeforeAll
  static void runAndKill() throws IOException {
    whole = temp.resolve("whole/run");
    killed = temp.resolve("killed/run");
    TinyRun.run(
        TinyRun.options(temp, "er,lwf"),
        whole,
        StateFiles.Pace.EVERY,
        new StopRequest(),
        event -> {
          if (event instanceof RunEvent.EpochFinished epoch
              && epoch.id().strategy().equals("lwf")
              && epoch.id().task() == 1
              && epoch.id().epoch() == 1) {
            TinyRun.copy(whole, killed);
          }
        },
        _ -> {});
  }

  @Test
  void aStepOfAFinishedRunIsReplayedWithAllLoggedStepsOnTheWay() throws IOException {
    String replayed = replay(0, whole, "--at=lwf:1:2:9", "--threads=3");
    assertTrue(replayed.contains("from the start of lwf\n"), replayed);
    assertTrue(replayed.contains("\nlwf, seed 1, task 2, step 9\nce "), replayed);
    // The first of each epoch: two in each task.
    assertTrue(replayed.endsWith("\nall 4 logged steps on the way are the same\n"), replayed);
    String logged = replay(0, whole, "--at=lwf:1:2:7");
    String row = Files.readAllLines(whole.resolve("report/lwf_seed1/steps.csv")).get(4);
    assertTrue(row.startsWith("2,2,7,"), row);
    String hash = row.split(",", -1)[3];
    assertTrue(logged.contains("\nparameters   " + hash + "\n"), logged);
  }

  @Test
  void aStateBeforeTheStepSparesTheWay() throws IOException {
    Position newest =
        new FormerRun(killed).states(notices::add).map(Position::of).toList().getFirst();
    String place = "%s:%d:%d:12".formatted(newest.strategy(), newest.seed(), newest.task() + 1);
    String fromState = replay(0, killed, "--at=" + place);
    String fromStart = replay(0, whole, "--at=" + place);
    assertTrue(fromState.contains("from the state after "), fromState);
    assertEquals(parameters(fromStart), parameters(fromState));
  }

  private static String parameters(String printed) {
    return printed.lines().filter(line -> line.startsWith("parameters")).findFirst().orElse("");
  }

  @Test
  void aStepThatIsNotTheSameIsTold() throws IOException {
    Path folder = temp.resolve("tampered").resolve("run");
    TinyRun.copy(whole, folder);
    Path log = folder.resolve("report/er_seed1/steps.csv");
    String rows = Files.readString(log);
    String second = rows.lines().toList().get(2);
    Files.writeString(log, rows.replace(second, second.replaceFirst("1,2,7,....", "1,2,7,0000")));
    String printed = replay(1, folder, "--at=er:1:2:3");
    assertTrue(printed.contains("\nnot the same: task 1, step 7: logged 0000"), printed);
    assertTrue(printed.endsWith("\n1 logged steps before it are the same\n"), printed);
  }

  /** Its inputs are those of the run: the loss on the page is the one that was logged. */
  @Test
  void aStepOfARunIsShownOnAPage() throws IOException {
    Path page = temp.resolve("step.html");
    StringWriter printed = new StringWriter();
    int code =
        new CommandLine(StepCommand.class)
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(printed))
            .execute(whole.toString(), "--at=lwf:1:2:7", "--out=" + page);
    assertEquals(0, code, printed::toString);
    String row = Files.readAllLines(whole.resolve("report/lwf_seed1/steps.csv")).get(4);
    String html = Files.readString(page);
    assertTrue(html.contains("lwf, seed 1, task 2, step 7"), row);
    float ce = Float.parseFloat(row.split(",", -1)[4]);
    assertTrue(html.contains("\"min\":%s,\"max\":%s,".formatted(ce, ce)), row);
  }

  @Test
  void aPlaceThatThereIsNotIsWrongUsage() throws IOException {
    assertTrue(replay(2, whole, "--at=err:1:1:1").contains("perhaps er"));
    assertTrue(replay(2, whole, "--at=er:2:1:1").contains("seeds 1 to 1, not 2"));
    assertTrue(replay(2, whole, "--at=er:1:3:1").contains("no task 3"));
    assertTrue(replay(2, whole, "--at=er:1:1").contains("such as er:1:3:117"));
    assertTrue(replay(1, whole, "--at=er:1:1:99").contains("there is no step 99"));
  }

  private static String replay(int exitCode, Path folder, String... more) {
    StringWriter printed = new StringWriter();
    CommandLine command =
        new CommandLine(new ReplayCommand())
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(printed))
            .setExecutionExceptionHandler(
                (e, failed, _) -> {
                  failed.getErr().println(e.getMessage());
                  return 1;
                });
    List<String> arguments = new ArrayList<>(List.of(folder.toString()));
    arguments.addAll(List.of(more));
    int code = command.execute(arguments.toArray(String[]::new));
    assertEquals(exitCode, code, printed::toString);
    return printed.toString();
  }
}
