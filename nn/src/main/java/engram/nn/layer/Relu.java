package engram.nn.layer;

import engram.tensor.Tensor;

/** ReLU, elementwise: {@code y = max(x, 0)}. */
public record Relu() implements Layer {

  @Override
  public String kind() {
    return "relu";
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    return t.relu(x);
  }
}
