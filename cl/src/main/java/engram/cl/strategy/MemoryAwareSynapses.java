package engram.cl.strategy;

import engram.nn.layer.Mode;
import engram.nn.train.Objective;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;

/**
 * Memory aware synapses (Aljundi et al. 2018): a {@link ParameterPenalty} whose importance is how
 * much a parameter moves the output, whatever the label,
 *
 * <pre>
 * importance += mean over batches of |d (mean over the batch of sum over k of logit[k]^2) / d theta|,
 * </pre>
 *
 * over the outputs that an image of the task is compared among, a batch being one image. Hsu et al.
 * 2018 take batches of 128, in which gradients of opposite sign cancel out, and the mean over
 * outputs in place of the sum: see {@link Look}.
 */
public final class MemoryAwareSynapses extends ParameterPenalty {
  private final Look look;

  /**
   * How the output is looked at.
   *
   * @param images how many of the task's images are, evenly spaced; 0 for all
   * @param batch images in a batch, 1 or more
   * @param mean whether squares are averaged over outputs, not summed
   */
  public record Look(int images, int batch, boolean mean) {
    /** The formula above, over 200 images. */
    public static final Look USUAL = new Look(IMAGES, 1, false);

    public Look {
      if (batch < 1) {
        throw new IllegalArgumentException("batch is " + batch + ", expected 1 or more");
      }
    }
  }

  /**
   * @param lambda weight of the penalty
   */
  public MemoryAwareSynapses(float lambda) {
    this(lambda, Look.USUAL);
  }

  /**
   * @param lambda weight of the penalty
   */
  public MemoryAwareSynapses(float lambda, Look look) {
    super(lambda);
    this.look = look;
  }

  @Override
  public void afterTask(TaskEnd end) {
    int[] compared = end.compared().toArray();
    Objective output =
        step -> {
          Tensor all = step.network().forward(step.inputs(), Mode.EVALUATION).logits();
          Tensor logits = step.narrow(all, 1, compared[0], compared.length);
          Tensor squares = step.sum(step.multiply(logits, logits));
          int images = logits.shape().dim(0);
          return step.scale(1.0 / (look.mean ? logits.shape().elements() : images), squares);
        };
    hold(
        end.network(),
        1,
        meanGradient(
            end,
            output,
            spaced(end.trained(), look.images),
            look.batch,
            (step, loss, gradient) -> absolute(step, gradient)));
  }

  private static Tensor absolute(StepTape step, Tensor x) {
    return step.add(step.relu(x), step.relu(step.scale(-1, x)));
  }
}
