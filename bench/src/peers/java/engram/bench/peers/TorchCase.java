package engram.bench.peers;

import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A case of a vector file.
 *
 * @param attributes {@code op=...;attribute=value}
 * @param operands shapes by role; they are drawn
 * @param trained roles of which the gradient is expected
 * @param given operands that are not drawn, by role
 * @param result role of what {@code forward} gives
 * @param changed operands that {@code forward} updates, by role, with the role of what they become
 */
record TorchCase(
    String name,
    String attributes,
    Map<String, Shape> operands,
    List<String> trained,
    Map<String, int[]> given,
    String result,
    Map<String, String> changed,
    Forward forward) {

  /** Computes the result from the operands of both kinds. */
  @FunctionalInterface
  interface Forward {
    Tensor of(Map<String, Tensor> operands);
  }

  /** A case in which all operands are drawn and trained and the result is y. */
  static TorchCase of(
      String name, String attributes, Map<String, Shape> operands, Forward forward) {
    return new TorchCase(
        name,
        attributes,
        new LinkedHashMap<>(operands),
        new ArrayList<>(operands.keySet()),
        Map.of(),
        "y",
        Map.of(),
        forward);
  }
}
