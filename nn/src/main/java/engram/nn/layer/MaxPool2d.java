package engram.nn.layer;

import engram.tensor.Tensor;

/**
 * Largest value of each window: x [N, H, W, C] -> y [N, OH, OW, C], OH = (H - kernel) / stride + 1,
 * rounded down.
 */
public record MaxPool2d(int kernel, int stride) implements Layer {

  /** Windows that do not overlap. */
  public MaxPool2d(int kernel) {
    this(kernel, kernel);
  }

  @Override
  public String kind() {
    return "max_pool2d";
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    return t.maxPool2d(x, kernel, stride);
  }
}
