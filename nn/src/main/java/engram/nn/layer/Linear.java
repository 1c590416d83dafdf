package engram.nn.layer;

import static engram.tensor.Shape.shape;

import engram.nn.init.Initialiser;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Linear layer: x [N, in] -> {@code y = x weight^T + bias} [N, out].
 *
 * <p>Parameters: weight [out, in], bias [out].
 *
 * @param torch how PyTorch arranges the weight; a network sets it for layers behind a {@link
 *     Flatten}
 * @param bias absent where there is none
 */
public record Linear(
    int in, int out, TorchLayout torch, Initialiser weight, Optional<Initialiser> bias)
    implements Layer {

  /** Values as PyTorch draws them. */
  public Linear(int in, int out) {
    this(
        in,
        out,
        new TorchLayout.Same(),
        new Initialiser.TorchDefault(),
        Optional.of(new Initialiser.TorchDefault()));
  }

  /** This layer without a bias. */
  public Linear withoutBias() {
    return new Linear(in, out, torch, weight, Optional.empty());
  }

  /** This layer with other first values; one without a bias gets none. */
  public Linear withInitialisers(Initialiser weights, Initialiser biases) {
    return new Linear(in, out, torch, weights, bias.map(own -> biases));
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
    var weights = new ParameterSpec("weight", shape(out, in), torch, weight, fan);
    var biases =
        bias.map(own -> new ParameterSpec("bias", shape(out), new TorchLayout.Same(), own, fan));
    return Stream.concat(Stream.of(weights), biases.stream()).toList();
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    Tensor weights = t.parameter("weight");
    return bias.isPresent()
        ? t.linear(x, weights, t.parameter("bias"))
        : t.matmul(x, t.transposed(weights));
  }
}
