package engram.learn.api;

import engram.op.Values;
import java.util.function.IntToDoubleFunction;

/** Chapter 7: how gradients change parameters, where these begin, and what keeps values in size. */
public final class Learning {
  private Learning() {}

  /** One step of stochastic gradient descent with momentum. */
  public interface Sgd {
    /**
     * @param p parameters [P], changed in place
     * @param g their gradients [P]
     * @param velocity what is remembered from step to step [P], zeros at first; changed in place
     * @param momentum share of the velocity that is kept, 0 for none
     * @param nesterov whether to look ahead by one step of velocity
     * @param weightDecay how strongly parameters are drawn towards 0
     */
    void step(
        Values p,
        Values g,
        Values velocity,
        double rate,
        double momentum,
        boolean nesterov,
        double weightDecay);
  }

  /** One step of Adam. */
  public interface Adam {
    /**
     * @param p parameters [P], changed in place
     * @param g their gradients [P]
     * @param m mean of the gradients so far [P], zeros at first; changed in place
     * @param v mean of their squares so far [P], zeros at first; changed in place
     * @param step number of this step, from 1
     */
    void step(
        Values p,
        Values g,
        Values m,
        Values v,
        long step,
        double rate,
        double beta1,
        double beta2,
        double epsilon);
  }

  /** The first values of weights. */
  public interface Initialisation {
    /**
     * Normal numbers that keep the size of values from layer to layer (He et al. 2015).
     *
     * @param w the result, [in, out] of a linear layer or [KH, KW, C, O] of a convolution
     * @param slope of the leaky ReLU that follows
     * @param normal {@code normal.applyAsDouble(i)} is standard normal, for element i
     */
    void he(Values w, double slope, IntToDoubleFunction normal);

    /**
     * Evenly spread numbers that keep the size of values and of gradients (Glorot, Bengio 2010).
     *
     * @param w the result, as above
     * @param uniform {@code uniform.applyAsDouble(i)} is evenly spread over 0 .. 1, for element i
     */
    void glorot(Values w, IntToDoubleFunction uniform);
  }

  /** Batch normalisation of each channel over all rows. */
  public interface BatchNorm {
    /**
     * In training: by the statistics of the batch, of which a running mean is kept.
     *
     * @param x [..., C]
     * @param gamma [C]
     * @param beta [C]
     * @param runningMean [C], changed in place
     * @param runningVariance [C], changed in place
     * @param momentum weight of this batch in the running statistics, 0 to 1
     * @param y the result, same shape as x
     * @param mean the result, too [C]
     * @param inverse the result, too: 1 / standard deviation [C]
     */
    void train(
        Values x,
        Values gamma,
        Values beta,
        Values runningMean,
        Values runningVariance,
        double momentum,
        double eps,
        Values y,
        Values mean,
        Values inverse);

    /**
     * In use: by the running statistics.
     *
     * @param y the result, same shape as x
     */
    void use(
        Values x,
        Values gamma,
        Values beta,
        Values runningMean,
        Values runningVariance,
        double eps,
        Values y);
  }
}
