package engram.nn.layer;

import static engram.tensor.Shape.shape;

import engram.nn.init.Initialiser;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Convolution with a square kernel, usually with a bias: x [N, H, W, in] -> y [N, OH, OW, out], OH
 * = (H + 2 padding - kernel) / stride + 1, rounded down.
 *
 * <p>Parameters: weight [kernel, kernel, in, out], bias [out].
 *
 * @param bias absent where there is none, as before a {@link BatchNorm2d}, which would take it away
 */
public record Conv2d(
    int in,
    int out,
    int kernel,
    int stride,
    int padding,
    Initialiser weight,
    Optional<Initialiser> bias)
    implements Layer {

  /** Stride 1, values as PyTorch draws them. */
  public Conv2d(int in, int out, int kernel, int padding) {
    this(
        in,
        out,
        kernel,
        1,
        padding,
        new Initialiser.TorchDefault(),
        Optional.of(new Initialiser.TorchDefault()));
  }

  /** This layer with another stride. */
  public Conv2d withStride(int step) {
    return new Conv2d(in, out, kernel, step, padding, weight, bias);
  }

  /** This layer without a bias. */
  public Conv2d withoutBias() {
    return new Conv2d(in, out, kernel, stride, padding, weight, Optional.empty());
  }

  /** This layer with other first values; one without a bias gets none. */
  public Conv2d withInitialisers(Initialiser weights, Initialiser biases) {
    return new Conv2d(in, out, kernel, stride, padding, weights, bias.map(own -> biases));
  }

  @Override
  public String kind() {
    return "conv";
  }

  @Override
  public List<ParameterSpec> parameters() {
    var fan = new Initialiser.Fan(kernel * kernel * in, kernel * kernel * out);
    var weights =
        new ParameterSpec(
            "weight", shape(kernel, kernel, in, out), new TorchLayout.Convolution(), weight, fan);
    var biases =
        bias.map(own -> new ParameterSpec("bias", shape(out), new TorchLayout.Same(), own, fan));
    return Stream.concat(Stream.of(weights), biases.stream()).toList();
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    Tensor sums = t.conv2d(x, t.parameter("weight"), stride, padding);
    return bias.isPresent() ? t.addBias(sums, t.parameter("bias")) : sums;
  }
}
