package engram.nn.layer;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;

/**
 * How PyTorch arranges a parameter that the engine keeps channels-last. Checkpoints and initial
 * values are in PyTorch's arrangement.
 */
public sealed interface TorchLayout {

  /** Shape that PyTorch gives a parameter whose shape here is {@code engine}. */
  Shape torchShape(Shape engine);

  /** Position in PyTorch's arrangement of element {@code index} of ours. */
  int torchIndex(Shape engine, int index);

  /** Rearranges values as PyTorch has them. */
  default float[] toTorch(Shape engine, float[] values) {
    float[] torch = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      torch[torchIndex(engine, i)] = values[i];
    }
    return torch;
  }

  /** Rearranges values that PyTorch wrote. */
  default float[] fromTorch(Shape engine, float[] torch) {
    float[] values = new float[torch.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = torch[torchIndex(engine, i)];
    }
    return values;
  }

  /** The same in both: biases, and linear layers that read plain features. */
  record Same() implements TorchLayout {
    @Override
    public Shape torchShape(Shape engine) {
      return engine;
    }

    @Override
    public int torchIndex(Shape engine, int index) {
      return index;
    }
  }

  /** Weight of a convolution: [KH, KW, C, O] here, [O, C, KH, KW] in PyTorch. */
  record Convolution() implements TorchLayout {
    @Override
    public Shape torchShape(Shape engine) {
      return shape(engine.dim(3), engine.dim(2), engine.dim(0), engine.dim(1));
    }

    @Override
    public int torchIndex(Shape engine, int index) {
      int out = index % engine.dim(3);
      int channel = index / engine.dim(3) % engine.dim(2);
      int position = index / (engine.dim(3) * engine.dim(2));
      return (out * engine.dim(2) + channel) * engine.dim(0) * engine.dim(1) + position;
    }
  }

  /**
   * Weight of a linear layer that reads a flattened image: [O, H W C] here, [O, C H W] in PyTorch,
   * whose images are channels-first.
   *
   * @param image [H, W, C]
   */
  record FlattenedImage(Shape image) implements TorchLayout {
    @Override
    public Shape torchShape(Shape engine) {
      return engine;
    }

    @Override
    public int torchIndex(Shape engine, int index) {
      int pixels = image.dim(0) * image.dim(1);
      int feature = index % image.elements();
      int pixel = feature / image.dim(2);
      int channel = feature % image.dim(2);
      return index - feature + channel * pixels + pixel;
    }
  }
}
