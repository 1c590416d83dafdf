package engram.bench.peers;

import engram.nn.Sequential;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * A network of ours in libtorch. Parameters and images are in the given memory format, so that no
 * step has to reorder them; the batch is made once.
 */
final class TorchNet {
  private final Tensor images;
  private final Tensor labels;
  private final TorchLayers.Call forward;
  private final Optimizer optimizer;

  TorchNet(Sequential layers, Setting setting, MemoryFormat format) {
    torch.manual_seed(1);
    long[] input = {
      setting.batch(), layers.input().dim(2), layers.input().dim(0), layers.input().dim(1)
    };
    images = torch.rand(input).contiguous(format);
    long[] classOf = new long[setting.batch()];
    for (int i = 0; i < setting.batch(); i++) {
      classOf[i] = i % setting.classes();
    }
    labels = Tensor.create(classOf, setting.batch());
    TorchLayers made = new TorchLayers(format);
    forward = made.all(layers.layers());
    requireSize(layers, made);
    TensorVector parameters = new TensorVector(made.parameters().toArray(Tensor[]::new));
    optimizer =
        setting.sgd()
            ? new SGD(parameters, sgd())
            : new Adam(parameters, new AdamOptions(Setting.RATE));
  }

  private static SGDOptions sgd() {
    SGDOptions options = new SGDOptions(Setting.RATE);
    options.momentum().put(Setting.MOMENTUM);
    options.weight_decay().put(Setting.DECAY);
    return options;
  }

  private static void requireSize(Sequential layers, TorchLayers made) {
    long ours = layers.parameters().stream().mapToLong(spec -> spec.shape().elements()).sum();
    long theirs = made.parameters().stream().mapToLong(Tensor::numel).sum();
    if (ours != theirs) {
      throw new IllegalStateException(
          "peers: libtorch has %d parameters where we have %d".formatted(theirs, ours));
    }
  }

  /** Forward, backward, update; returns the loss before the update. */
  float train() {
    try (PointerScope _ = new PointerScope()) {
      optimizer.zero_grad();
      Tensor loss = torch.cross_entropy(forward.of(images, true), labels);
      loss.backward();
      optimizer.step();
      return loss.item_float();
    }
  }

  /** The forward pass without a record of gradients; returns one logit. */
  float infer() {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      return forward.of(images, false).flatten().get(0).item_float();
    }
  }
}
