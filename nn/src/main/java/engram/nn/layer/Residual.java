package engram.nn.layer;

import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers beside a way around them: {@code y = shortcut(x) + body(x)} (He et al. 2016). There is no
 * activation behind the sum.
 *
 * <p>Tensors are named as torchvision's residual networks name them: {@code residual1.conv1.weight}
 * in the body, {@code residual1.downsample.conv1.weight} on the way around.
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
    List<Named> all = new ArrayList<>(body.layers());
    if (!shortcut.layers().isEmpty()) {
      all.add(around());
    }
    return Named.all(all);
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    Tensor past = shortcut.layers().isEmpty() ? x : t.layer(around(), x);
    return t.add(past, body.record(t, x));
  }

  private Named around() {
    return shortcut.named("downsample");
  }
}
