package engram.nn.layer;

import engram.nn.init.Initialiser;
import engram.op.BatchNorm;
import engram.op.BatchNormInference;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import engram.tensor.Tensor;
import java.util.List;

/**
 * Batch normalisation of each channel (Ioffe and Szegedy 2015): x [N, H, W, channels] -> y [same].
 *
 * <p>In training with the statistics of the batch, of which it keeps running means; in evaluation
 * with those. Parameters: weight, bias [channels]; state: running_mean, running_var [channels].
 *
 * @param momentum weight of the new batch in the running statistics
 * @param eps added to the variance
 */
public record BatchNorm2d(String name, int channels, float momentum, float eps) implements Layer {

  /** PyTorch's defaults: momentum 0.1, eps 1e-5. */
  public BatchNorm2d(String name, int channels) {
    this(name, channels, 0.1f, 1e-5f);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 4 || input.dim(3) != channels) {
      throw new ShapeException(
          "batch_norm",
          List.of(input),
          "expected %d channels".formatted(channels),
          "Input is [batch, height, width, channels]");
    }
    return input;
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
  public Tensor record(LayerContext context, Tensor x) {
    return context.apply(
        switch (context.mode()) {
          case TRAINING -> new BatchNorm(momentum, eps);
          case EVALUATION -> new BatchNormInference(eps);
        },
        x,
        context.parameter("weight"),
        context.parameter("bias"),
        context.state("running_mean"),
        context.state("running_var"));
  }
}
