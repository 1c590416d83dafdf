package engram.learn.remembering;

import static engram.learn.remembering.LossCheck.crossEntropy;
import static engram.learn.remembering.LossCheck.matrix;

import engram.learn.api.Remembering;
import engram.learn.exercise.Verdict;
import engram.learn.remembering.LossCase.Formula;
import engram.learn.remembering.LossCase.Mistake;
import engram.learn.remembering.LossCheck.OnNetwork;
import engram.op.Values;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Grades experience replay. */
final class ReplayCheck {
  private static final int ROWS = 6;
  private static final int CLASSES = 3;

  private ReplayCheck() {}

  static Verdict check(Remembering.ExperienceReplay mine) {
    Values logits = matrix(2, 0, 0, Math.log(3), 0, 0, 0);
    LossCase example = of(mine, "the example of the text", logits, new int[] {1, 0, 0}, 1);
    LossCase large =
        of(
            mine,
            "logits of 800 and -800, labels 1 and 0",
            matrix(2, 800, -800, -800, 800),
            new int[] {1, 0},
            1);
    return new LossCheck(
            "experience-replay",
            List.of(example, large),
            IntStream.range(0, ROWS).mapToObj(number -> drawn(mine, number)).toList())
        .run();
  }

  private static OnNetwork drawn(Remembering.ExperienceReplay mine, int number) {
    LinearNetwork network = LinearNetwork.drawn(number, ROWS, 4, CLASSES);
    int fresh = ROWS - number;
    String text =
        "network %d: %d new rows, %d from memory, %d classes"
            .formatted(number + 1, fresh, ROWS - fresh, CLASSES);
    int[] labels = LinearNetwork.labels(number, ROWS, CLASSES);
    return new OnNetwork(network, of(mine, text, network.logits(), labels, fresh));
  }

  private static LossCase of(
      Remembering.ExperienceReplay mine, String text, Values logits, int[] labels, int fresh) {
    int rows = labels.length;
    int old = rows - fresh;
    Formula ofNew = (t, at, in) -> crossEntropy(t, at, in, 0, fresh);
    Formula ofMemory = (t, at, in) -> crossEntropy(t, at, in, fresh, old);
    Formula all = (t, at, in) -> crossEntropy(t, at, in, 0, rows);
    return new LossCase(
        text,
        logits,
        Map.of("labels", LinearNetwork.values(labels)),
        (at, in, gradient) -> mine.loss(at, labels.clone(), fresh, gradient),
        old == 0 ? ofNew : (t, at, in) -> t.add(ofNew.loss(t, at, in), ofMemory.loss(t, at, in)),
        old == 0 ? sums(all, rows) : mistakes(ofNew, ofMemory, all, rows));
  }

  private static List<Mistake> mistakes(Formula ofNew, Formula ofMemory, Formula all, int rows) {
    return List.of(
        new Mistake(
            "rows from memory are left out, or 1 / n was computed in whole numbers, where it is 0",
            ofNew),
        new Mistake("new rows are left out", ofMemory),
        new Mistake(
            "one mean over all rows: it is the mean over new rows plus the mean over those from"
                + " memory",
            all),
        sums(all, rows).getFirst());
  }

  private static List<Mistake> sums(Formula all, int rows) {
    return List.of(
        new Mistake(
            "sums, not means: each of the two terms is divided by its number of rows",
            (t, at, in) -> t.scale(rows, all.loss(t, at, in))));
  }
}
