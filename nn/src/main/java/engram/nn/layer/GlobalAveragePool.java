package engram.nn.layer;

import engram.tensor.Tensor;

/** Mean over all pixels: x [N, H, W, C] -> y [N, C]. */
public record GlobalAveragePool() implements Layer {

  @Override
  public String kind() {
    return "global_average_pool";
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    return t.globalAveragePool(x);
  }
}
