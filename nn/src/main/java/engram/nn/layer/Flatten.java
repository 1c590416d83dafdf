package engram.nn.layer;

import static engram.tensor.Shape.shape;

import engram.tensor.Tensor;

/**
 * One row of features for each example: x [N, H, W, C] -> y [N, H W C].
 *
 * <p>Features are in the engine's order, channels innermost; PyTorch's would be [C, H, W]. Linear
 * layers behind it know that when checkpoints are written or read.
 */
public record Flatten() implements Layer {

  @Override
  public String kind() {
    return "flatten";
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    return t.reshape(x, shape(x.shape().dim(0), x.shape().elements() / x.shape().dim(0)));
  }
}
