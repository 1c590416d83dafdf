package engram.nn.layer;

import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;

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
  public String name() {
    return "max_pool2d";
  }

  private engram.op.MaxPool2d op() {
    return new engram.op.MaxPool2d(kernel, stride);
  }

  @Override
  public Shape outputShape(Shape input) {
    return op().outputs(List.of(input)).getFirst();
  }

  @Override
  public Tensor record(LayerContext context, Tensor x) {
    return context.apply(op(), x);
  }
}
