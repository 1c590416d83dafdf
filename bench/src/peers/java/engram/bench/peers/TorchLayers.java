package engram.bench.peers;

import engram.nn.layer.BatchNorm2d;
import engram.nn.layer.Block;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Flatten;
import engram.nn.layer.GlobalAveragePool;
import engram.nn.layer.Layer;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.Named;
import engram.nn.layer.Relu;
import engram.nn.layer.Residual;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** Layers of ours as calls of libtorch, with parameters of its own in the given memory format. */
final class TorchLayers {
  private static final long[] ONE = {1, 1};
  private static final TensorOptional NONE = new TensorOptional();

  private final MemoryFormat format;
  private final List<Tensor> parameters = new ArrayList<>();

  TorchLayers(MemoryFormat format) {
    this.format = format;
  }

  /** A layer of libtorch. */
  @FunctionalInterface
  interface Call {
    Tensor of(Tensor x, boolean training);
  }

  /** All that is trained. */
  List<Tensor> parameters() {
    return parameters;
  }

  /** One behind the other. */
  Call all(List<? extends Layer> layers) {
    List<Call> calls = layers.stream().map(this::call).toList();
    return (x, training) -> {
      Tensor y = x;
      for (Call call : calls) {
        y = call.of(y, training);
      }
      return y;
    };
  }

  private Call call(Layer layer) {
    return switch (layer) {
      case Named named -> call(named.layer());
      case Block block -> all(block.layers());
      case Residual residual -> {
        Call body = call(residual.body());
        Call around = call(residual.shortcut());
        yield (x, training) -> body.of(x, training).add_(around.of(x, training));
      }
      case Conv2d conv -> convolution(conv);
      case BatchNorm2d norm -> normalisation(norm);
      case Linear linear -> {
        Tensor weight = weight(MemoryFormat.Contiguous, linear.out(), linear.in());
        TensorOptional bias = linear.bias().isPresent() ? optional(zeros(linear.out())) : NONE;
        yield (x, training) -> torch.linear(x, weight, bias);
      }
      // In place, as networks for PyTorch are written.
      case Relu _ -> (x, training) -> torch.relu_(x);
      case LeakyRelu leaky -> {
        Scalar slope = new Scalar(leaky.slope());
        yield (x, training) -> torch.leaky_relu_(x, slope);
      }
      case MaxPool2d pool -> {
        long[] kernel = {pool.kernel(), pool.kernel()};
        long[] stride = {pool.stride(), pool.stride()};
        yield (x, training) -> torch.max_pool2d(x, kernel, stride, new long[] {0, 0}, ONE, false);
      }
      case GlobalAveragePool _ ->
          (x, training) -> torch.adaptive_avg_pool2d(x, 1, 1).flatten(1, -1);
      case Flatten _ -> (x, training) -> x.flatten(1, -1);
      default ->
          throw new IllegalArgumentException(
              "peers: there is no layer of libtorch here for " + layer.kind());
    };
  }

  private Call convolution(Conv2d conv) {
    Tensor weight = weight(format, conv.out(), conv.in(), conv.kernel(), conv.kernel());
    TensorOptional bias = conv.bias().isPresent() ? optional(zeros(conv.out())) : NONE;
    long[] stride = {conv.stride(), conv.stride()};
    long[] padding = {conv.padding(), conv.padding()};
    return (x, training) -> torch.conv2d(x, weight, bias, stride, padding, ONE, 1);
  }

  private Call normalisation(BatchNorm2d norm) {
    TensorOptional gamma = optional(trained(torch.ones(norm.channels())));
    TensorOptional beta = optional(zeros(norm.channels()));
    TensorOptional mean = optional(torch.zeros(norm.channels()));
    TensorOptional variance = optional(torch.ones(norm.channels()));
    return (x, training) ->
        torch.batch_norm(
            x, gamma, beta, mean, variance, training, norm.momentum(), norm.eps(), false);
  }

  private Tensor weight(MemoryFormat memory, long... shape) {
    return trained(torch.kaiming_uniform_(torch.empty(shape)).contiguous(memory));
  }

  private Tensor zeros(long size) {
    return trained(torch.zeros(size));
  }

  private Tensor trained(Tensor tensor) {
    tensor.set_requires_grad(true);
    parameters.add(tensor);
    return tensor;
  }

  private static TensorOptional optional(Tensor tensor) {
    return new TensorOptional(tensor);
  }
}
