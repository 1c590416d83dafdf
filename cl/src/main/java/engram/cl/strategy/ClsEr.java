package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.state.State;
import engram.cl.stream.Batch;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.layer.Mode;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Tensor;

/**
 * Complementary learning systems with experience replay (Arani et al. 2022, CLS-ER): two moving
 * averages of the network, a plastic one that follows soon and a stable one that follows slowly.
 * For each image from memory the one that is surer of the true class says which logits z to keep,
 *
 * <pre>loss = CE(new images and memory) + lambda MSE(f(memory), z),</pre>
 *
 * and the stable average is what classifies.
 *
 * <p>The paper's rates are for tasks of some ten thousand steps; the defaults here for some
 * hundred.
 */
public final class ClsEr extends Rehearsal {
  private final float lambda;
  private final MovingAverage plastic;
  private final MovingAverage stable;
  private final CounterRandom random;
  private final OneHot oneHot = new OneHot();

  /**
   * @param lambda weight of the consistency
   * @param plastic average that follows soon
   * @param stable average that follows slowly and is the one to be used
   * @param random numbers for this strategy alone
   */
  public ClsEr(
      MemoryBuffer memory,
      float lambda,
      MovingAverage.Rate plastic,
      MovingAverage.Rate stable,
      CounterRandom random) {
    super(memory);
    this.lambda = lambda;
    this.plastic = new MovingAverage(plastic);
    this.stable = new MovingAverage(stable);
    this.random = random;
  }

  @Override
  public void beforeTraining(Network network, Task task) {
    plastic.follow(network);
    stable.follow(network);
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    Tensor ce = batchCrossEntropy(step, logits);
    if (step.parts() == 1) {
      return ce;
    }
    Tensor mse = step.keep("mse", step.meanSquaredError(step.part(1, logits), kept(step)));
    return step.add(ce, step.scale(lambda, mse));
  }

  /** For each image from memory the logits of the average that is surer of its class, [n, K]. */
  private Tensor kept(StepTape step) {
    Tensor images = step.part(1, step.inputs());
    Tensor quick = step.frozen(plastic.network()).forward(images, Mode.EVALUATION).logits();
    Tensor slow = step.frozen(stable.network()).forward(images, Mode.EVALUATION).logits();
    Tensor labels = oneHot.input(step, quick.shape());
    Tensor lead = step.subtract(confidence(step, quick, labels), confidence(step, slow, labels));
    Tensor leads = step.repeatColumns(lead, quick.shape());
    return step.add(slow, step.where(leads, step.subtract(quick, slow)));
  }

  /** Logarithm of the probability of each image's own class, [n]. */
  private static Tensor confidence(StepTape step, Tensor logits, Tensor labels) {
    Tensor logarithms = step.logSoftmax(logits);
    return step.sum(step.multiply(logarithms, labels), 1);
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    oneHot.fill(step, batch, batch.fresh());
  }

  @Override
  public void afterStep() {
    plastic.step(random.split(0));
    stable.step(random.split(1));
  }

  @Override
  public void state(State state) {
    super.state(state);
    plastic.state(state.in("plastic"));
    stable.state(state.in("stable"));
  }

  @Override
  public Predictor predictor(Network trained) {
    return Predictor.linear(stable.network());
  }
}
