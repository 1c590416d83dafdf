package engram.nn.layer;

import engram.tensor.Shape;
import engram.tensor.Tensor;

/** Leaky rectifier, elementwise: {@code y = x > 0 ? x : slope * x}. */
public record LeakyRelu(float slope) implements Layer {

  @Override
  public String name() {
    return "leaky_relu";
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Tensor record(LayerContext context, Tensor x) {
    return context.leakyRelu(x, slope);
  }
}
