package engram.nn.layer;

import engram.tensor.Tensor;

/** Leaky ReLU, elementwise: {@code y = x > 0 ? x : slope * x}. */
public record LeakyRelu(float slope) implements Layer {

  @Override
  public String kind() {
    return "leaky_relu";
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    return t.leakyRelu(x, slope);
  }
}
