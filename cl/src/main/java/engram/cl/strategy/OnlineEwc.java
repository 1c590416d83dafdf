package engram.cl.strategy;

import engram.cl.task.Examples;
import engram.nn.layer.Mode;
import engram.nn.train.Objective;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;
import java.util.Arrays;

/**
 * Online elastic weight consolidation (Kirkpatrick et al. 2017; Schwarz et al. 2018): a {@link
 * ParameterPenalty} whose importance is the diagonal of the Fisher information,
 *
 * <pre>
 * importance := gamma importance + mean over images x of F(x),   F(x) = (d CE(x, y) / d theta)^2
 * </pre>
 *
 * for the image's own label y: the empirical Fisher. Other labels are taken elsewhere, see {@link
 * Labels}. Whoever writes lambda / 2 in the penalty needs half of their lambda here.
 */
public final class OnlineEwc extends ParameterPenalty {
  private static final Objective LIKELIHOOD =
      step ->
          step.hardClassification(
              step.network().forward(step.inputs(), Mode.EVALUATION).logits(), step.targets());

  private final float gamma;
  private final Fisher fisher;

  /** The labels for which gradients are taken. */
  public enum Labels {
    /** The image's own. */
    TRUE,
    /** The network's answer (Hsu et al. 2018; van de Ven and Tolias 2019). */
    PREDICTED,
    /**
     * All of them, {@code F(x) = sum over k of p(k | x) (d CE(x, k) / d theta)^2}: the Fisher
     * information itself (van de Ven et al. 2022). Costs as many passes as classes are compared.
     */
    ALL
  }

  /**
   * How the Fisher information is taken.
   *
   * @param images how many of the task's images, evenly spaced; 0 for all
   * @param weighted whether F(x) is multiplied by p(y | x), as in mammoth (Buzzega et al. 2020);
   *     with {@link Labels#ALL} it is anyway
   */
  public record Fisher(Labels labels, int images, boolean weighted) {
    /** The formula above, over 200 images. */
    public static final Fisher USUAL = new Fisher(Labels.TRUE, IMAGES, false);
  }

  /**
   * @param lambda weight of the penalty
   * @param gamma what is left of the importance of past tasks after another, 0 to 1
   */
  public OnlineEwc(float lambda, float gamma) {
    this(lambda, gamma, Fisher.USUAL);
  }

  /**
   * @param lambda weight of the penalty
   * @param gamma what is left of the importance of past tasks after another, 0 to 1
   */
  public OnlineEwc(float lambda, float gamma, Fisher fisher) {
    super(lambda);
    if (!(gamma >= 0 && gamma <= 1)) {
      throw new IllegalArgumentException("gamma is " + gamma + ", expected 0 to 1");
    }
    this.gamma = gamma;
    this.fisher = fisher;
  }

  @Override
  public void afterTask(TaskEnd end) {
    Examples images = spaced(end.trained(), fisher.images);
    float[] importance =
        switch (fisher.labels) {
          case TRUE -> squares(end, images, fisher.weighted);
          case PREDICTED -> squares(end, answered(end, images), fisher.weighted);
          case ALL -> {
            float[] sum = zeros(end.network());
            for (int label : end.compared().toArray()) {
              int[] labels = new int[images.size()];
              Arrays.fill(labels, label);
              float[] ofLabel = squares(end, images.labelled(labels), true);
              for (int i = 0; i < sum.length; i++) {
                sum[i] += ofLabel[i];
              }
            }
            yield sum;
          }
        };
    hold(end.network(), gamma, importance);
  }

  /** The images, labelled with what the network takes them for. */
  private static Examples answered(TaskEnd end, Examples images) {
    int[] compared = end.compared().toArray();
    return images.labelled(
        Arrays.stream(end.logits(images)).mapToInt(row -> largest(row, compared)).toArray());
  }

  private static int largest(float[] row, int[] compared) {
    int best = compared[0];
    for (int k : compared) {
      best = row[k] > row[best] ? k : best;
    }
    return best;
  }

  /** Mean over images of the squared gradient, times the label's probability if weighted. */
  private static float[] squares(TaskEnd end, Examples images, boolean weighted) {
    return meanGradient(
        end,
        LIKELIHOOD,
        images,
        1,
        (step, loss, gradient) -> {
          Tensor square = step.multiply(gradient, gradient);
          return weighted ? step.scale(probability(step, loss), square) : square;
        });
  }

  /** The probability of a label, whose cross-entropy is minus its logarithm, [1]. */
  private static Tensor probability(StepTape step, Tensor crossEntropy) {
    return step.exp(step.scale(-1, crossEntropy));
  }
}
