package engram.nn.layer;

import static engram.tensor.Shape.shape;

import engram.nn.init.Initialiser;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;

/**
 * Linear layer: x [N, in] -> {@code y = x weight^T + bias} [N, out].
 *
 * <p>Parameters: weight [out, in], bias [out].
 *
 * @param torch how PyTorch arranges the weight; a network sets it for layers behind a {@link
 *     Flatten}
 */
public record Linear(int in, int out, TorchLayout torch, Initialiser weight, Initialiser bias)
    implements Layer {

  /** Values as PyTorch draws them. */
  public Linear(int in, int out) {
    this(
        in,
        out,
        new TorchLayout.Same(),
        new Initialiser.TorchDefault(),
        new Initialiser.TorchDefault());
  }

  /** This layer with other first values. */
  public Linear withInitialisers(Initialiser weights, Initialiser biases) {
    return new Linear(in, out, torch, weights, biases);
  }

  /** This layer with another number of outputs. */
  public Linear withOutputs(int outputs) {
    return new Linear(in, outputs, torch, weight, bias);
  }

  /** This layer, reading a flattened image [H, W, C]; a network knows where that is so. */
  public Linear behindFlattened(Shape image) {
    return new Linear(in, out, new TorchLayout.FlattenedImage(image), weight, bias);
  }

  @Override
  public String kind() {
    return "linear";
  }

  @Override
  public List<ParameterSpec> parameters() {
    var fan = new Initialiser.Fan(in, out);
    return List.of(
        new ParameterSpec("weight", shape(out, in), torch, weight, fan),
        new ParameterSpec("bias", shape(out), new TorchLayout.Same(), bias, fan));
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    return t.linear(x, t.parameter("weight"), t.parameter("bias"));
  }
}
