package engram.learn.remembering;

import static engram.learn.remembering.LossCheck.get;
import static engram.learn.remembering.LossCheck.matrix;

import engram.learn.api.Remembering;
import engram.learn.exercise.Verdict;
import engram.learn.remembering.LossCase.Mistake;
import engram.learn.remembering.LossCheck.OnNetwork;
import engram.op.Recorder;
import engram.op.Values;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Grades distillation.
 *
 * @param heat the temperature
 * @param rows of the batch
 * @param classes of the student
 * @param old classes of the teacher
 */
record DistillationCheck(double heat, int rows, int classes, int old) {
  private static final int CASES = 6;

  static Verdict check(Remembering.Distillation mine) {
    LossCase example =
        new DistillationCheck(3, 1, 3, 2)
            .of(mine, "the example of the text", matrix(3, 0, 0, 1), matrix(2, 3 * Math.log(3), 0));
    LossCase large =
        new DistillationCheck(2, 2, 2, 2)
            .of(
                mine,
                "logits of 3000 and -3000, T 2",
                matrix(2, 3000, -3000, 0, 1),
                matrix(2, 3000, 2999, 0, 1));
    return new LossCheck(
            "distillation",
            List.of(example, large),
            IntStream.range(0, CASES).mapToObj(number -> drawn(mine, number)).toList())
        .run();
  }

  private static OnNetwork drawn(Remembering.Distillation mine, int number) {
    DistillationCheck sizes =
        new DistillationCheck(new double[] {2, 4, 1.5}[number % 3], 5, 4, 2 + number % 3);
    LinearNetwork network = LinearNetwork.drawn(number, sizes.rows, 3, sizes.classes);
    Values teacher = LinearNetwork.drawn(number + CASES, sizes.rows, 3, sizes.old).logits();
    String text =
        "network %d: %d rows, %d classes, %d of them the teacher's, T %s"
            .formatted(number + 1, sizes.rows, sizes.classes, sizes.old, sizes.heat);
    return new OnNetwork(network, sizes.of(mine, text, network.logits(), teacher));
  }

  private LossCase of(Remembering.Distillation mine, String text, Values logits, Values teacher) {
    return new LossCase(
        text,
        logits,
        Map.of("teacher", teacher),
        (at, in, gradient) -> mine.loss(at, get(in, "teacher"), heat, gradient),
        this::right,
        mistakes());
  }

  private Tensor right(Recorder t, Tensor at, Map<String, Tensor> in) {
    return t.kd(at, get(in, "teacher"), heat);
  }

  private List<Mistake> mistakes() {
    return List.of(
        new Mistake(
            "T squared is missing: without it the gradient shrinks as T grows",
            (t, at, in) -> t.scale(1 / (heat * heat), right(t, at, in))),
        new Mistake(
            "T once where it is squared (of the loss's T squared the gradient keeps one T, since"
                + " the derivative of logits / T takes the other)",
            (t, at, in) -> t.scale(1 / heat, right(t, at, in))),
        new Mistake(
            "one factor T too many: the derivative of logits / T brings a 1 / T",
            (t, at, in) -> t.scale(heat, right(t, at, in))),
        new Mistake(
            "a sum over rows, not their mean", (t, at, in) -> t.scale(rows, right(t, at, in))),
        new Mistake(
            "a mean over rows and classes: it is a sum over classes and a mean over rows",
            (t, at, in) -> t.scale(1.0 / old, right(t, at, in))),
        new Mistake(
            "cross-entropy, not KL: the teacher's own entropy is not subtracted",
            (t, at, in) -> softened(t, known(t, at), in)),
        new Mistake(
            "the student's softmax runs over all of its classes: only the first M, those of the"
                + " teacher, are compared",
            (t, at, in) -> t.subtract(softened(t, at, in), softened(t, get(in, "teacher"), in))),
        new Mistake(
            "the logits are not divided by T",
            (t, at, in) -> t.scale(heat * heat, t.kd(at, get(in, "teacher"), 1))),
        new Mistake(
            "KL the other way round: the teacher's probabilities weigh the logarithms",
            this::reversed));
  }

  private Tensor known(Recorder t, Tensor logits) {
    return classes == old ? logits : t.narrow(logits, 1, 0, old);
  }

  /** T squared times the cross-entropy with the teacher's answers, 0 for what it does not know. */
  private Tensor softened(Recorder t, Tensor logits, Map<String, Tensor> in) {
    Tensor answers = t.softmax(t.scale(1 / heat, get(in, "teacher")));
    int unknown = logits.shape().dim(1) - old;
    Tensor all = unknown == 0 ? answers : t.pad(answers, 1, 0, unknown);
    return t.scale(heat * heat, t.softCrossEntropy(t.scale(1 / heat, logits), all));
  }

  private Tensor reversed(Recorder t, Tensor at, Map<String, Tensor> in) {
    Tensor student = t.scale(1 / heat, known(t, at));
    Tensor teacher = t.scale(1 / heat, get(in, "teacher"));
    Tensor logarithms = t.subtract(t.logSoftmax(student), t.logSoftmax(teacher));
    Tensor sum = t.sum(t.multiply(t.softmax(student), logarithms));
    return t.scale(heat * heat / rows, sum);
  }
}
