package engram.nn.layer;

import engram.nn.init.Initialiser;
import engram.op.BatchNorm;
import engram.op.BatchNormInference;
import engram.tensor.Tensor;
import java.util.List;

/**
 * Batch normalisation of each channel over all that is before it (Ioffe and Szegedy 2015): images x
 * [N, H, W, channels], or features x [N, channels] -> y [same].
 *
 * <p>In training with the statistics of the batch, of which it keeps running means; in evaluation
 * with those. Parameters: weight, bias [channels]; state: running_mean, running_var [channels].
 *
 * @param momentum weight of the new batch in the running statistics
 * @param eps added to the variance
 */
public record BatchNorm2d(int channels, float momentum, float eps) implements Layer {

  /** PyTorch's defaults: momentum 0.1, eps 1e-5. */
  public BatchNorm2d(int channels) {
    this(channels, 0.1f, 1e-5f);
  }

  /** This layer for another number of channels. */
  public BatchNorm2d withChannels(int other) {
    return new BatchNorm2d(other, momentum, eps);
  }

  @Override
  public String kind() {
    return "bn";
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.vector("weight", channels, Initialiser.ones()),
        ParameterSpec.vector("bias", channels, Initialiser.zeros()));
  }

  @Override
  public List<ParameterSpec> state() {
    return List.of(
        ParameterSpec.vector("running_mean", channels, Initialiser.zeros()),
        ParameterSpec.vector("running_var", channels, Initialiser.ones()));
  }

  @Override
  public Tensor record(LayerContext t, Tensor x) {
    return t.apply(
        switch (t.mode()) {
          case TRAINING -> new BatchNorm(momentum, eps);
          case EVALUATION -> new BatchNormInference(eps);
        },
        x,
        t.parameter("weight"),
        t.parameter("bias"),
        t.state("running_mean"),
        t.state("running_var"));
  }
}
