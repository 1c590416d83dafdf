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
        rehearsal-kd  task 2/5  epoch 1/2  3,000 images/s  ce 0.125  kd 0.175  2.0 s
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

  @Test
  void anEpochWithOneTermHasRoomForTheAccuracySoFar() {
    screen.accept(
        Evaluations.of(
            new TaskResult("rehearsal-kd", 1, 0, 9, 93.14, 93, 93, 4), new Confusion(9), SPLIT));
    screen.accept(new EpochFinished(new EpochId("er", 1, 1, 5, 0, 2), 60, 2, LOSSES.subList(1, 2)));
    String last = text.toString().lines().toList().getLast();
    assertTrue(last.endsWith("ce 0.125  so far 93.1 %  2.0 s"), last);
  }

  /** What is left and how far it is come first; a narrow terminal goes without rate and losses. */
  @Test
  void aNarrowBarKeepsShareAndTimeLeft() {
    String name = "lwf_lambda=…an=classes task 10/10  epoch 50/50";
    String bar = Bar.render(name, 750, 1000, "images", "ce 0.110  kd 0.2", 3, 80);
    assertTrue(bar.endsWith("   75 %  0:01 left"), bar);
    assertEquals(80, bar.length(), bar);
  }

  @Test
  void aLongNameStandsAboveItsLinesAndShortenedInThem() {
    String name = "lwf_lambda=1_over=met_weights=share_kd=met_mean=classes_temperature=2_squared=0";
    screen.accept(new StrategyStarted(name, 1));
    screen.accept(new EpochFinished(new EpochId(name, 1, 9, 10, 49, 50), 600_000, 3.03, LOSSES));
    screen.accept(
        Evaluations.of(
            new TaskResult(name, 1, 0, 100, 93.14, 93, 93, 1234), new Confusion(9), SPLIT));
    List<String> lines = text.toString().lines().toList();
    assertEquals(name, lines.getFirst());
    assertEquals(
        "lwf_lambda=…_squared=0 task 10/10  epoch 50/50  198,020 images/s  3.0 s", lines.get(1));
    assertEquals(
        "lwf_lambda=…_squared=0 task 1  100 classes  accuracy  93.1 %  20 min 34 s", lines.get(2));
  }
}
