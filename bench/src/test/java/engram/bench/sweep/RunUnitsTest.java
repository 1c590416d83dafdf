package engram.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.record.RunFolders;
import engram.bench.subject.TinyMnist;
import engram.bench.track.Targets;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A unit is the same run wherever and in however many pieces it is carried out. */
@Tag("slow")
@Timeout(300)
class RunUnitsTest {
  @TempDir Path temp;
  private SweepPlan plan;

  @BeforeEach
  void makePlan() throws IOException {
    plan =
        SweepPlan.parse(
            "plan.yaml",
            "base: {data: '%s', network: mlp 6 1, tasks: 2, epochs: 2, batch: 10, buffer: 10, strategies: er, device: plain}"
                .formatted(TinyMnist.write(temp, 5, 2)));
  }

  /** As another engine calls it: from the plan's text and a hash, with nothing else in common. */
  private UnitRunner.Outcome run(Path folder, int threads, int stopAfterTasks) throws IOException {
    SweepUnit unit = SweepPlan.parse("sent.yaml", plan.text()).unit(plan.units().getFirst().hash());
    StopRequest stop = new StopRequest();
    List<RunEvent> tasks = new ArrayList<>();
    return new RunUnits(new OpenData(_ -> {}), Targets.NONE, _ -> {})
        .run(
            unit,
            folder,
            threads,
            stop,
            event -> {
              if (event instanceof RunEvent.TaskEvaluated) {
                tasks.add(event);
              }
              if (tasks.size() >= stopAfterTasks) {
                stop.make();
              }
            });
  }

  @Test
  void aUnitThatIsStoppedAndGoneOnWithHasTheSameBytes() throws IOException {
    Path whole = temp.resolve("whole/unit");
    Path pieces = temp.resolve("pieces/unit");
    assertEquals(UnitRunner.Outcome.FINISHED, run(whole, 1, 9));
    assertEquals(UnitRunner.Outcome.INTERRUPTED, run(pieces, 2, 1));
    assertTrue(Files.isDirectory(pieces.resolve("state")));
    assertEquals(UnitRunner.Outcome.FINISHED, run(pieces, 1, 9));
    assertFalse(Files.exists(pieces.resolve("state")));
    RunFolders.assertSame(whole, pieces);
    assertEquals(UnitRunner.Outcome.FINISHED, run(pieces, 1, 0), "there is nothing left to do");
  }
}
