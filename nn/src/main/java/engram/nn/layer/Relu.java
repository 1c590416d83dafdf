package engram.nn.layer;

import engram.tensor.Shape;
import engram.tensor.Tensor;

/** Rectifier, elementwise: {@code y = max(x, 0)}. */
public record Relu() implements Layer {

  @Override
  public String name() {
    return "relu";
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Tensor record(LayerContext context, Tensor x) {
    return context.relu(x);
  }
}
