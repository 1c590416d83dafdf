package engram.nn.layer;

import engram.op.Reduce;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;

/** Mean over all pixels: x [N, H, W, C] -> y [N, C]. */
public record GlobalAveragePool() implements Layer {

  @Override
  public String name() {
    return "global_average_pool";
  }

  @Override
  public Shape outputShape(Shape input) {
    return Reduce.globalAveragePool().outputs(List.of(input)).getFirst();
  }

  @Override
  public Tensor record(LayerContext context, Tensor x) {
    return context.globalAveragePool(x);
  }
}
