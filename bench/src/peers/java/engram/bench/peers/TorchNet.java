package engram.bench.peers;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * The reference network in libtorch. Parameters and images are in the given memory format, so that
 * no step has to reorder them; the batch is made once.
 */
final class TorchNet {
  private static final long[] ONE = {1, 1};

  private final Tensor images;
  private final Tensor labels;
  private final List<Tensor> parameters;
  private final Adam adam;
  private final Scalar slope = new Scalar(0.01);

  TorchNet(int batch, int classes, MemoryFormat format) {
    torch.manual_seed(1);
    images = torch.rand(batch, 3, 32, 32).contiguous(format);
    long[] classOf = new long[batch];
    for (int i = 0; i < batch; i++) {
      classOf[i] = i % classes;
    }
    labels = Tensor.create(classOf, batch);
    parameters =
        List.of(
            weight(format, 32, 3, 5, 5),
            bias(32),
            weight(format, 64, 32, 3, 3),
            bias(64),
            weight(format, 64, 64, 3, 3),
            bias(64),
            weight(MemoryFormat.Contiguous, classes, 4096),
            bias(classes));
    adam = new Adam(new TensorVector(parameters.toArray(Tensor[]::new)), new AdamOptions(1e-3));
  }

  private static Tensor weight(MemoryFormat format, long... shape) {
    return torch.xavier_uniform_(torch.empty(shape)).contiguous(format).set_requires_grad(true);
  }

  private static Tensor bias(long size) {
    return torch.zeros(size).set_requires_grad(true);
  }

  private Tensor forward() {
    Tensor x = torch.leaky_relu(convolution(images, 0, 2), slope);
    x = torch.leaky_relu(convolution(torch.max_pool2d(x, 2, 2), 2, 1), slope);
    x = torch.leaky_relu(convolution(torch.max_pool2d(x, 2, 2), 4, 1), slope);
    return torch.linear(x.flatten(1, -1), parameters.get(6), new TensorOptional(parameters.get(7)));
  }

  private Tensor convolution(Tensor x, int parameter, long padding) {
    return torch.conv2d(
        x,
        parameters.get(parameter),
        new TensorOptional(parameters.get(parameter + 1)),
        ONE,
        new long[] {padding, padding},
        ONE,
        1);
  }

  /** Forward, backward, Adam; returns the loss before the update. */
  float train() {
    try (PointerScope _ = new PointerScope()) {
      adam.zero_grad();
      Tensor loss = torch.cross_entropy(forward(), labels);
      loss.backward();
      adam.step();
      return loss.item_float();
    }
  }

  /** The forward pass without a record of gradients; returns one logit. */
  float infer() {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      return forward().flatten().get(0).item_float();
    }
  }
}
