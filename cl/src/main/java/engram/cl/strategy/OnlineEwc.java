package engram.cl.strategy;

import engram.nn.layer.Mode;
import engram.nn.train.Objective;

/**
 * Online elastic weight consolidation (Kirkpatrick et al. 2017; Schwarz et al. 2018): a {@link
 * ParameterPenalty} whose importance is the diagonal of the empirical Fisher information,
 *
 * <pre>importance := gamma importance + mean over images of (d CE / d theta)^2.</pre>
 */
public final class OnlineEwc extends ParameterPenalty {
  private static final Objective LIKELIHOOD =
      step ->
          step.hardClassification(
              step.network().forward(step.inputs(), Mode.EVALUATION).logits(), step.targets());

  private final float gamma;

  /**
   * @param lambda weight of the penalty
   * @param gamma what is left of the importance of past tasks after another, 0 to 1
   */
  public OnlineEwc(float lambda, float gamma) {
    super(lambda);
    if (!(gamma >= 0 && gamma <= 1)) {
      throw new IllegalArgumentException("gamma is " + gamma + ", expected 0 to 1");
    }
    this.gamma = gamma;
  }

  @Override
  public void afterTask(TaskEnd end) {
    hold(end.network(), gamma, meanGradient(end, LIKELIHOOD, g -> g * g));
  }
}
