package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.stream.Batch;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.train.Inference;
import engram.nn.train.StepTape;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import engram.op.MeanSquaredError;
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
  private float[] wanted = {};
  private float[] chosen = {};

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
    Tensor ce = crossEntropy(step, logits);
    if (step.parts() == 1) {
      return ce;
    }
    Tensor old = step.part(1, logits);
    Tensor target = step.input("average", old.shape());
    Tensor mse = step.keep("mse", step.apply(new MeanSquaredError(), old, target));
    return step.add(ce, step.scale(lambda, mse));
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    int fresh = batch.fresh();
    int replayed = batch.size() - fresh;
    if (replayed == 0) {
      return;
    }
    int classes = step.input("average").elements() / replayed;
    float[] quick = logits(plastic, batch, fresh);
    float[] slow = logits(stable, batch, fresh);
    chosen = chosen.length == quick.length ? chosen : new float[quick.length];
    for (int i = 0; i < replayed; i++) {
      int at = i * classes;
      int label = batch.labels()[fresh + i];
      boolean quickIsSurer =
          surprise(quick, at, classes, label) < surprise(slow, at, classes, label);
      System.arraycopy(quickIsSurer ? quick : slow, at, chosen, at, classes);
    }
    step.input("average").write(chosen);
  }

  private float[] logits(MovingAverage average, Batch batch, int from) {
    int elements = batch.pixels().length / batch.capacity();
    int count = (batch.size() - from) * elements;
    wanted = wanted.length == count ? wanted : new float[count];
    System.arraycopy(batch.pixels(), from * elements, wanted, 0, count);
    Inference.Batch plan = average.inference().batch(batch.size() - from);
    plan.images().write(wanted);
    plan.run();
    return plan.logits().read();
  }

  /** Minus the logarithm of the probability of {@code label}. */
  private static double surprise(float[] logits, int at, int classes, int label) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, logits[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += StrictMath.exp(logits[at + k] - largest);
    }
    return StrictMath.log(sum) + largest - logits[at + label];
  }

  @Override
  public void afterStep(Trainer trainer) {
    plastic.step(random.split(0));
    stable.step(random.split(1));
  }

  @Override
  public Predictor predictor(Network trained) {
    return Predictor.linear(stable.network());
  }
}
