package engram.nn.layer;

import engram.tensor.Tensor;
import java.util.List;

/**
 * A piece of a network. A layer is a value: it says which parameters it has and what it appends to
 * a tape, and holds no numbers. One without parameters may be a lambda: {@code (t, x) ->
 * t.relu(x)}.
 *
 * <p>Layers nest: one that is made of layers names them in {@link #layers} and applies them by
 * {@link LayerContext#layer}.
 */
@FunctionalInterface
public interface Layer {

  /** What it is called where nobody names it, such as {@code conv}; see {@link Named#all}. */
  default String kind() {
    return "layer";
  }

  /** What training changes. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /** What the layer remembers between steps without being trained. */
  default List<ParameterSpec> state() {
    return List.of();
  }

  /** The layers that it is made of, in an order that is always the same. */
  default List<Named> layers() {
    return List.of();
  }

  /**
   * Appends the layer to a tape.
   *
   * @param x a batch of inputs, [N, ...]
   * @return its output, [N, ...]
   * @throws engram.tensor.ShapeException if the layer cannot take this shape
   */
  Tensor record(LayerContext t, Tensor x);

  /** This layer under a name, by which its parameters go: {@code conv1.weight}. */
  default Named named(String name) {
    return new Named(name, this);
  }
}
