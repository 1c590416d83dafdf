package engram.learn.remembering;

import static engram.tensor.Shape.shape;

import engram.learn.exercise.Verdict;
import engram.op.Recorder;
import engram.op.Values;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Grades a loss: on single cases, then on linear networks.
 *
 * @param exercise its name
 * @param single the example of the text, and numbers that are hard to compute with
 * @param networks drawn networks, each with the loss of its logits
 */
record LossCheck(String exercise, List<LossCase> single, List<OnNetwork> networks) {

  /** A loss whose logits are those of a network. */
  record OnNetwork(LinearNetwork network, LossCase loss) {}

  Verdict run() {
    single.forEach(each -> each.check(exercise));
    networks.forEach(each -> each.loss().check(exercise));
    int weights =
        networks.stream().mapToInt(each -> each.network().check(exercise, each.loss())).sum();
    return Verdict.passed(
        "loss and gradient of %d cases, against the engine in double precision"
            .formatted(single.size() + networks.size()),
        "on %d linear networks: the gradients of %d weights agree with your loss"
            .formatted(networks.size(), weights));
  }

  /** Cross-entropy of some of the rows with their {@code labels}. */
  static Tensor crossEntropy(
      Recorder t, Tensor logits, Map<String, Tensor> further, int from, int count) {
    Tensor labels = get(further, "labels");
    return t.crossEntropy(t.narrow(logits, 0, from, count), t.narrow(labels, 0, from, count));
  }

  static <T> T get(Map<String, T> map, String name) {
    return Objects.requireNonNull(map.get(name), name);
  }

  /** A matrix, row after row. */
  static Values matrix(int columns, double... numbers) {
    return new Values(shape(numbers.length / columns, columns), numbers, 0);
  }
}
