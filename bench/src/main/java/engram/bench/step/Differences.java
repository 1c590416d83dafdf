package engram.bench.step;

import engram.base.Parallel;
import engram.graph.BackwardFrame;
import engram.nn.train.Recording;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Finite differences of the loss: (loss(p + h) - loss(p)) / h with h = 1e-7, in double precision,
 * by the definitions of the ops as they were recorded. Of each parameter and of each activation
 * whose gradient the step makes some elements, fewer where passes cost more.
 */
final class Differences {
  private static final double STEP = 1e-7;

  /** Elements of each gradient, at most. */
  private static final int MOST = 20;

  /** Operations for all together; about a second on two processors. */
  private static final double BUDGET = 4e9;

  /**
   * One element.
   *
   * @param operand what the gradient is by: a parameter or an activation
   * @param gradient the tensor of the recorded graph that holds the whole gradient
   * @param numeric what it should be
   */
  record Entry(Tensor operand, Tensor gradient, int index, double numeric) {}

  private final DoublePass pass;
  private final Map<Tensor, Tensor> gradients;

  private Differences(DoublePass pass, Map<Tensor, Tensor> gradients) {
    this.pass = pass;
    this.gradients = gradients;
  }

  /**
   * Differences for the gradients of a step.
   *
   * @param externals what came from outside, as it was before the step
   * @param elements number of elements of a gradient that may be asked for, from the first on
   */
  static List<Entry> of(
      Recording recording, Map<Tensor, float[]> externals, ToIntFunction<Tensor> elements) {
    Map<Tensor, Tensor> gradients = gradients(recording.walk());
    Set<Tensor> asked = new HashSet<>(); // a sum hands one gradient to all that it adds
    gradients
        .values()
        .removeIf(gradient -> elements.applyAsInt(gradient) == 0 || !asked.add(gradient));
    if (gradients.isEmpty()) {
      return List.of();
    }
    Tensor loss = recording.walk().getFirst().node().output();
    DoublePass pass = new DoublePass(recording.graph(), loss, externals);
    gradients.keySet().removeIf(operand -> !pass.reads(operand));
    return new Differences(pass, gradients).entries(elements);
  }

  /** The whole gradient of each tensor that the first walk came to. */
  static Map<Tensor, Tensor> gradients(List<BackwardFrame> walk) {
    Set<Tensor> passed = new HashSet<>();
    Map<Tensor, Tensor> totals = new LinkedHashMap<>();
    for (BackwardFrame frame : walk) {
      if (!passed.add(frame.node().output())) {
        break; // a second backward pass of the same step
      }
      frame.leaving().forEach(c -> totals.put(c.operand(), c.total()));
    }
    return totals;
  }

  /**
   * Elements of a gradient that are asked for.
   *
   * @param cost operations for one element
   */
  private record Wanted(Tensor operand, Tensor gradient, List<Integer> indices, double cost) {}

  private List<Entry> entries(ToIntFunction<Tensor> elements) {
    List<Wanted> wanted = affordable(sampled(elements));
    List<List<Entry>> entries = new ArrayList<>();
    wanted.forEach(_ -> entries.add(new ArrayList<>()));
    Parallel.forEach(
        wanted.size(),
        Runtime.getRuntime().availableProcessors(),
        i -> fill(wanted.get(i), entries.get(i)));
    return entries.stream().flatMap(List::stream).toList();
  }

  private void fill(Wanted wanted, List<Entry> entries) {
    DoublePass.Changed changed = pass.change(wanted.operand);
    for (int index : wanted.indices) {
      double numeric = (changed.loss(index, STEP) - pass.loss()) / STEP;
      entries.add(new Entry(wanted.operand, wanted.gradient, index, numeric));
    }
  }

  /** What one element costs is found by doing it. */
  private List<Wanted> sampled(ToIntFunction<Tensor> elements) {
    List<Wanted> sampled = new ArrayList<>();
    gradients.forEach(
        (operand, gradient) -> {
          List<Integer> indices = sample(elements.applyAsInt(gradient), operand);
          DoublePass.Changed changed = pass.change(operand);
          var _ = changed.loss(indices.getFirst(), STEP);
          double cost = Math.max(1, changed.flops());
          sampled.add(new Wanted(operand, gradient, indices, cost));
        });
    return sampled;
  }

  /**
   * The cheapest have first choice, what they leave of the budget is for the others; the dearest
   * come first, so that threads end together.
   */
  private static List<Wanted> affordable(List<Wanted> sampled) {
    sampled.sort(Comparator.comparingDouble(Wanted::cost));
    List<Wanted> affordable = new ArrayList<>();
    double left = BUDGET;
    for (Wanted one : sampled) {
      double share = left / (sampled.size() - affordable.size());
      int least = left >= one.cost ? 1 : 0;
      int count = Math.max(least, (int) Math.min(one.indices.size(), share / one.cost));
      left -= count * one.cost;
      affordable.add(
          new Wanted(one.operand, one.gradient, one.indices.subList(0, count), one.cost));
    }
    return affordable.reversed();
  }

  /** Some of the first elements, in no order. */
  private static List<Integer> sample(int elements, Tensor operand) {
    CounterRandom random = CounterRandom.of(1, "differences").split(operand.id());
    Set<Integer> chosen = new LinkedHashSet<>();
    for (int i = 0; chosen.size() < Math.min(MOST, elements); i++) {
      chosen.add((int) Math.min(elements - 1, (long) (random.uniform(i) * elements)));
    }
    return List.copyOf(chosen);
  }
}
