package engram.bench.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.Evaluations;
import engram.cl.experiment.EpochId;
import engram.cl.experiment.LossTerm;
import engram.cl.experiment.RunEvent.EpochFinished;
import engram.cl.experiment.RunEvent.EpochProgress;
import engram.cl.experiment.RunEvent.StrategyStarted;
import engram.cl.metrics.Confusion;
import engram.cl.result.TaskResult;
import engram.cl.task.ClassOrder;
import engram.cl.task.TaskSizes;
import engram.cl.task.TaskSplit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final List<LossTerm> LOSSES =
      List.of(new LossTerm("loss", 0.15), new LossTerm("ce", 0.125), new LossTerm("kd", 0.175));

  private static final TaskSplit SPLIT =
      new TaskSplit(ClassOrder.parse("given", 43, 1), TaskSizes.even(43, 5));

  private final StringWriter text = new StringWriter();
  private final Screen screen = new Screen(new PrintWriter(text), false);

  private static EpochId epoch(int task, int epoch) {
    return new EpochId("rehearsal-kd", 1, task, 5, epoch, 2);
  }

  @Test
  void elsewhereThanOnATerminalAnEpochIsALineWithLossTermsAndTheAccuracySoFar() {
    screen.accept(new StrategyStarted("rehearsal-kd", 1));
    screen.accept(new EpochProgress(epoch(0, 1), 10, 100, 1, LOSSES));
    screen.accept(new EpochFinished(epoch(0, 1), 6000, 2, LOSSES));
    screen.accept(
        Evaluations.of(
            new TaskResult("rehearsal-kd", 1, 0, 9, 93.14, 93, 93, 4), new Confusion(9), SPLIT));
    screen.accept(new EpochFinished(epoch(1, 0), 6000, 2, LOSSES));
    screen.accept(new StrategyStarted("joint", 1));
    screen.accept(new EpochFinished(epoch(0, 0), 6000, 2, LOSSES));
    assertEquals(
        """
        rehearsal-kd  task 1/5  epoch 2/2  3,000 images/s  ce 0.125  kd 0.175  2.0 s
        rehearsal-kd  task 1   9 classes  accuracy  93.1 %  4.0 s
        rehearsal-kd  task 2/5  epoch 1/2  3,000 images/s  ce 0.125  kd 0.175  accuracy so far 93.1 %  2.0 s
        rehearsal-kd  task 1/5  epoch 1/2  3,000 images/s  ce 0.125  kd 0.175  2.0 s
        """,
        text.toString());
  }

  @Test
  void aBarShowsTaskEpochShareSpeedLossesAndTheTimeLeft() {
    String bar = Bar.render("er  task 3/5  epoch 2/2", 750, 1000, "images", "ce 0.110", 3, 200);
    assertTrue(bar.startsWith("er  task 3/5  epoch 2/2  ━━━━━━━━━━━━━━━━━━╸─────   75 %"), bar);
    assertTrue(bar.endsWith("250 images/s  ce 0.110  0:01 left"), bar);
  }
}
