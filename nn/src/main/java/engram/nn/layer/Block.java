package engram.nn.layer;

import engram.tensor.Tensor;
import java.util.List;

/** Layers one behind the other, as one layer. */
public record Block(List<Named> layers) implements Layer {

  public Block {
    layers = Named.all(layers);
  }

  public static Block of(Layer... layers) {
    return new Block(Named.all(List.of(layers)));
  }

  @Override
  public String kind() {
    return "block";
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    Tensor y = x;
    for (Named layer : layers) {
      y = t.layer(layer, y);
    }
    return y;
  }
}
