package engram.nn.layer;

import engram.tensor.Tensor;
import java.util.List;

/**
 * Layers beside a way around them: {@code y = shortcut(x) + body(x)} (He et al. 2016).
 *
 * @param shortcut nothing at all, or what brings x to the shape of the body's output, such as a
 *     convolution of 1 x 1 with the same stride
 */
public record Residual(Block body, Block shortcut) implements Layer {

  /** A body that keeps the shape: {@code y = x + body(x)}. */
  public static Residual of(Layer... body) {
    return new Residual(Block.of(body), Block.of());
  }

  /** This one with layers on the way around. */
  public Residual withShortcut(Layer... layers) {
    return new Residual(body, Block.of(layers));
  }

  @Override
  public String kind() {
    return "residual";
  }

  @Override
  public List<Named> layers() {
    return List.of(body.named("body"), shortcut.named("shortcut"));
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    return t.add(t.layer("shortcut", x), t.layer("body", x));
  }
}
