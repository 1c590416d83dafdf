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
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Finite differences of the loss: (loss(p + h) - loss(p)) / h with h = 1e-7, in double precision,
 * by the definitions of the ops as they were recorded. Of each parameter and of each activation
 * whose gradient the step makes some elements, fewer where passes cost more.
 */
final class Differences {
  private static final double STEP = 1e-7;

  /** Elements of each gradient, at most. */
  private static final int MOST = 10;

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
   * @param first the entry of the first of them
   * @param cost operations that it took
   */
  private record Wanted(Tensor operand, List<Integer> indices, Entry first, double cost) {}

  private List<Entry> entries(ToIntFunction<Tensor> elements) {
    List<Wanted> sampled =
        parallel(
            List.copyOf(gradients.entrySet()),
            each -> sampled(each.getKey(), elements.applyAsInt(each.getValue())));
    return parallel(affordable(sampled), this::all).stream().flatMap(List::stream).toList();
  }

  private static <T, R> List<R> parallel(List<T> items, Function<T, R> work) {
    List<List<R>> made = items.stream().<List<R>>map(_ -> new ArrayList<>()).toList();
    Parallel.forEach(
        items.size(),
        Runtime.getRuntime().availableProcessors(),
        i -> made.get(i).add(work.apply(items.get(i))));
    return made.stream().map(List::getFirst).toList();
  }

  /** What one element costs is found by doing it. */
  private Wanted sampled(Tensor operand, int elements) {
    List<Integer> indices = sample(elements, operand);
    DoublePass.Changed changed = pass.change(operand);
    Entry first = entry(operand, indices.getFirst(), changed);
    return new Wanted(operand, indices, first, Math.max(1, changed.flops()));
  }

  private List<Entry> all(Wanted wanted) {
    List<Entry> entries = new ArrayList<>(List.of(wanted.first));
    DoublePass.Changed changed = pass.change(wanted.operand);
    for (int index : wanted.indices.subList(1, wanted.indices.size())) {
      entries.add(entry(wanted.operand, index, changed));
    }
    return entries;
  }

  private Entry entry(Tensor operand, int index, DoublePass.Changed changed) {
    double numeric = (changed.loss(index, STEP) - pass.loss()) / STEP;
    return new Entry(operand, Objects.requireNonNull(gradients.get(operand)), index, numeric);
  }

  /**
   * The cheapest have first choice, what they leave of the budget is for the others; the dearest
   * come first, so that threads end together.
   */
  private static List<Wanted> affordable(List<Wanted> sampled) {
    List<Wanted> cheapestFirst =
        sampled.stream().sorted(Comparator.comparingDouble(Wanted::cost)).toList();
    List<Wanted> affordable = new ArrayList<>();
    double left = BUDGET;
    for (Wanted one : cheapestFirst) {
      double share = left / (sampled.size() - affordable.size());
      int count = Math.max(1, (int) Math.min(one.indices.size(), share / one.cost));
      left -= count * one.cost;
      affordable.add(new Wanted(one.operand, one.indices.subList(0, count), one.first, one.cost));
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
