package engram.nn.layer;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import engram.tensor.Tensor;

/**
 * One row of features for each example: x [N, H, W, C] -> y [N, H W C].
 *
 * <p>Features are in the engine's order, channels innermost; PyTorch's would be [C, H, W]. Linear
 * layers behind it know that when checkpoints are written or read.
 */
public record Flatten() implements Layer {

  @Override
  public String name() {
    return "flatten";
  }

  @Override
  public Shape outputShape(Shape input) {
    return shape(input.dim(0), input.elements() / input.dim(0));
  }

  @Override
  public Tensor record(LayerContext context, Tensor x) {
    return context.reshape(x, outputShape(x.shape()));
  }
}
