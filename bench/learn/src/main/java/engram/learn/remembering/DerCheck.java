package engram.learn.remembering;

import static engram.learn.remembering.LossCheck.crossEntropy;
import static engram.learn.remembering.LossCheck.get;
import static engram.learn.remembering.LossCheck.matrix;

import engram.learn.api.Remembering;
import engram.learn.exercise.Verdict;
import engram.learn.remembering.LossCase.Formula;
import engram.learn.remembering.LossCase.Mistake;
import engram.learn.remembering.LossCheck.OnNetwork;
import engram.op.Recorder;
import engram.op.Values;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Grades DER++.
 *
 * @param fresh rows of new images
 * @param kept rows from memory with stored logits
 * @param further rows from memory with labels
 * @param classes in all
 */
record DerCheck(int fresh, int kept, int further, int classes) {
  private static final double ALPHA = 0.25;
  private static final double BETA = 0.5;
  private static final int CASES = 6;

  static Verdict check(Remembering.DerPlusPlus mine) {
    LossCase example =
        new DerCheck(1, 1, 1, 2)
            .of(
                mine,
                "the example of the text",
                matrix(2, 0, 0, 1, 3, Math.log(3), 0),
                new int[] {1, 0, 0},
                matrix(2, 0, 1));
    return new LossCheck(
            "der-plus-plus",
            List.of(example),
            IntStream.range(0, CASES).mapToObj(number -> drawn(mine, number)).toList())
        .run();
  }

  private static OnNetwork drawn(Remembering.DerPlusPlus mine, int number) {
    DerCheck sizes = new DerCheck(1 + number % 3, 1 + number % 2, 1 + number % 4, 3);
    LinearNetwork network = LinearNetwork.drawn(number, sizes.rows(), 4, sizes.classes);
    Values stored = LinearNetwork.drawn(number + CASES, sizes.kept, 4, sizes.classes).logits();
    String text =
        "network %d: %d new rows, %d with stored logits, %d further ones, %d classes"
            .formatted(number + 1, sizes.fresh, sizes.kept, sizes.further, sizes.classes);
    int[] labels = LinearNetwork.labels(number, sizes.rows(), sizes.classes);
    return new OnNetwork(network, sizes.of(mine, text, network.logits(), labels, stored));
  }

  private int rows() {
    return fresh + kept + further;
  }

  private LossCase of(
      Remembering.DerPlusPlus mine, String text, Values logits, int[] labels, Values stored) {
    return new LossCase(
        text + ", alpha %s, beta %s".formatted(ALPHA, BETA),
        logits,
        Map.of("labels", LinearNetwork.values(labels), "stored", stored),
        (at, in, gradient) ->
            mine.loss(at, labels.clone(), fresh, get(in, "stored"), ALPHA, BETA, gradient),
        sum(1, ALPHA, BETA),
        mistakes());
  }

  /** The three terms with these weights. */
  private Formula sum(double ofNew, double ofStored, double ofLabels) {
    return (t, at, in) ->
        t.add(
            t.add(
                t.scale(ofNew, crossEntropy(t, at, in, 0, fresh)),
                t.scale(ofStored, squares(t, at, in))),
            t.scale(ofLabels, crossEntropy(t, at, in, fresh + kept, further)));
  }

  private Tensor squares(Recorder t, Tensor at, Map<String, Tensor> in) {
    return t.meanSquaredError(t.narrow(at, 0, fresh, kept), get(in, "stored"));
  }

  private List<Mistake> mistakes() {
    return List.of(
        new Mistake("only new rows count", sum(1, 0, 0)),
        new Mistake("alpha and beta are swapped", sum(1, BETA, ALPHA)),
        new Mistake("alpha and beta are left out", sum(1, 1, 1)),
        new Mistake("beta is for further images alone, not for new ones", sum(BETA, ALPHA, BETA)),
        new Mistake("the term of stored logits is missing", sum(1, 0, BETA)),
        new Mistake("the term of further labels is missing: that is DER", sum(1, ALPHA, 0)),
        new Mistake(
            "the squared error is a sum over the classes of a row: MSE is the mean over all M x K"
                + " numbers",
            sum(1, ALPHA * classes, BETA)),
        new Mistake(
            "the squared error is a sum: MSE is the mean over all M x K numbers",
            sum(1, ALPHA * classes * kept, BETA)),
        new Mistake(
            "half of the squared error: MSE has no 1/2, and so its derivative has a 2",
            sum(1, ALPHA / 2, BETA)));
  }
}
