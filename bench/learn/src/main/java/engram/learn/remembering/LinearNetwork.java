package engram.learn.remembering;

import static engram.tensor.Shape.shape;

import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.op.Values;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.util.stream.IntStream;

/**
 * {@code logits = x weight^T}: the smallest network on which a loss can be followed down to
 * weights.
 *
 * @param x images [N, D]
 * @param weight [K, D], a row for each class
 */
record LinearNetwork(Values x, Values weight) {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;

  /** A network and images drawn for a case. */
  static LinearNetwork drawn(int number, int images, int features, int classes) {
    return new LinearNetwork(
        normal(number, "x", shape(images, features)),
        normal(number, "weight", shape(classes, features)));
  }

  /** Standard normal numbers. */
  static Values normal(int number, String purpose, Shape shape) {
    CounterRandom random = CounterRandom.of(number, purpose);
    Values values = Values.zeros(shape);
    IntStream.range(0, values.size()).forEach(i -> values.set(i, (float) random.normal(i)));
    return values;
  }

  /** A label for each image. */
  static int[] labels(int number, int images, int classes) {
    CounterRandom random = CounterRandom.of(number, "labels");
    return IntStream.range(0, images).map(i -> random.below(classes, i)).toArray();
  }

  /** Labels as the engine takes them. */
  static Values values(int[] labels) {
    Values values = Values.zeros(shape(labels.length));
    IntStream.range(0, labels.length).forEach(i -> values.set(i, labels[i]));
    return values;
  }

  /** Logits of its images, [N, K]. */
  Values logits() {
    return logits(weight);
  }

  private Values logits(Values of) {
    Values logits = Values.zeros(shape(x.dim(0), of.dim(0)));
    for (int n = 0; n < x.dim(0); n++) {
      for (int k = 0; k < of.dim(0); k++) {
        logits.set(logits.index(n, k), x.row(n).dot(of.row(k)));
      }
    }
    return logits;
  }

  /**
   * Carries the learner's gradient down to each weight, beside the finite difference of their loss.
   *
   * @param loss case whose logits are those of this network
   * @return how many weights were looked at
   * @throws Verdict.Stop at the first that differs
   */
  int check(String exercise, LossCase loss) {
    Values ofLogits = loss.gradient();
    for (int i = 0; i < weight.size(); i++) {
      int k = i / weight.dim(1);
      int d = i % weight.dim(1);
      double carried =
          IntStream.range(0, x.dim(0))
              .mapToDouble(n -> ofLogits.get(ofLogits.index(n, k)) * x.get(x.index(n, d)))
              .sum();
      double difference = (lossAt(loss, i, STEP) - lossAt(loss, i, -STEP)) / (2 * STEP);
      if (!(Math.abs(carried - difference) <= TOLERANCE * (1 + Math.abs(difference)))) {
        throw new Verdict.Stop(
            Verdict.failed(
                    "%s, on a linear network: weight%s"
                        .formatted(exercise, Numbers.place(weight.shape(), i)))
                .and(
                    "your loss changes by %s for each unit of it, your gradient says %s"
                        .formatted(Numbers.text(difference), Numbers.text(carried))));
      }
    }
    return weight.size();
  }

  private double lossAt(LossCase loss, int i, double step) {
    Values moved = LossCase.copy(weight);
    moved.add(i, step);
    return loss.lossAt(logits(moved));
  }
}
