package engram.nn.doctor;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A layer that stays as it is while others learn. */
final class FrozenLayer implements Symptom {
  private static final int LOOKS = 3;

  private final BooleanSupplier explained;
  private final Map<String, Integer> still = new HashMap<>();

  /**
   * @param explained whether something else was found that keeps gradients from layers
   */
  FrozenLayer(BooleanSupplier explained) {
    this.explained = explained;
  }

  @Override
  public Stream<Finding> in(Examination now) {
    Map<String, Double> moved = new LinkedHashMap<>();
    Map<String, Double> gradients = new HashMap<>();
    for (ParameterChange parameter : now.parameters()) {
      if (now.unused().contains(parameter.name())) {
        continue;
      }
      moved.merge(parameter.layer(), parameter.update(), Double::sum);
      gradients.merge(parameter.layer(), parameter.gradient(), Double::sum);
    }
    boolean others = moved.values().stream().anyMatch(update -> update > 0);
    if (!others) {
      return Stream.empty(); // RateTooSmall has it
    }
    moved.forEach(
        (layer, update) -> still.put(layer, update > 0 ? 0 : still.getOrDefault(layer, 0) + 1));
    if (explained.getAsBoolean()) {
      return Stream.empty();
    }
    return moved.keySet().stream()
        .filter(layer -> still.getOrDefault(layer, 0) >= LOOKS)
        .map(layer -> finding(layer, now, gradients.getOrDefault(layer, 0.0)));
  }

  private static Finding finding(String layer, Examination now, double gradient) {
    return gradient == 0
        ? new Finding(
            "frozen-layer",
            layer,
            "its gradient is exactly 0 and it has not changed in %d looks, up to step %d."
                .formatted(LOOKS, now.step()),
            "Look at what is between it and the loss: a stopped gradient, a layer that is not"
                + " used, a product with 0.")
        : new Finding(
            "frozen-layer",
            layer,
            "it gets a gradient but has not changed in %d looks, up to step %d."
                .formatted(LOOKS, now.step()),
            "Look whether the optimiser updates its parameters.");
  }
}
