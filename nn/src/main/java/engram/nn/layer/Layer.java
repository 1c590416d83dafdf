package engram.nn.layer;

import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;

/**
 * A piece of a network. A layer is a value: it says which parameters it has and what it appends to
 * a tape, and holds no numbers.
 */
public interface Layer {

  /** Name, by which its parameters go in checkpoints: {@code conv1} has {@code conv1.weight}. */
  String name();

  /**
   * Shape of the output for a batch of inputs, both with the batch as first extent.
   *
   * @throws engram.tensor.ShapeException if the layer cannot take this shape
   */
  Shape outputShape(Shape input);

  /** What training changes. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /** What the layer remembers between steps without being trained. */
  default List<ParameterSpec> state() {
    return List.of();
  }

  /** Appends the layer to a tape and returns its output. */
  Tensor record(LayerContext context, Tensor x);
}
