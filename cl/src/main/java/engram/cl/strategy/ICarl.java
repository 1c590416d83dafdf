package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.cl.memory.MemoryBuffer;
import engram.cl.state.State;
import engram.cl.stream.Batch;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.tensor.Tensor;

/**
 * iCaRL (Rebuffi et al. 2017): each output is a yes or no of its own,
 *
 * <pre>loss = mean over images and classes of BCE(sigmoid(logit), target),</pre>
 *
 * the target being the teacher's {@code sigmoid(logit)} for old classes and 1 or 0 for new ones; in
 * the first task all are new. The memory is filled by herding, and images are classified by the
 * nearest mean of exemplars.
 *
 * <p>The sum over classes in place of their mean, as the paper's code has it, makes that many times
 * the loss; van de Ven et al. 2022 also divide the teacher's logits by T = 2.
 */
public final class ICarl extends Distilling {
  private final NearestMean head = new NearestMean();
  private final boolean summed;
  private final float temperature;
  private float[] targets = {};

  /**
   * @param memory a herding memory, in the paper
   */
  public ICarl(MemoryBuffer memory) {
    this(memory, false, 1);
  }

  /**
   * @param summed whether the loss is the sum over classes, not their mean
   * @param temperature T, by which the teacher's logits are divided, above 0
   */
  public ICarl(MemoryBuffer memory, boolean summed, float temperature) {
    super(memory);
    if (!(temperature > 0)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + ", expected a number above 0");
    }
    this.summed = summed;
    this.temperature = temperature;
  }

  @Override
  public void requireFits(Sequential model) {
    LinearClassifier.requireIn(model);
  }

  @Override
  boolean mixes() {
    return true;
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    int images = logits.shape().dim(0);
    int all = logits.shape().dim(1);
    int old = teacher.classes();
    Tensor ofNew = step.narrow(logits, 1, old, all - old);
    Tensor labels = step.input("new_classes", shape(images * (all - old), 2));
    Tensor ce = step.keep("bce", binaryCrossEntropy(step, ofNew, labels));
    if (!teacher.present()) {
      return summed ? step.scale(all, ce) : ce;
    }
    Tensor ofOld = step.narrow(logits, 1, 0, old);
    Tensor before = teacher.logits(step);
    Tensor softened = temperature == 1 ? before : step.scale(1 / temperature, before);
    Tensor kd =
        step.keep("kd", binaryCrossEntropy(step, ofOld, step.softmax(pairs(step, softened))));
    if (summed) {
      return step.add(step.scale(all - old, ce), step.scale(old, kd));
    }
    double share = (double) old / seen;
    return step.add(step.scale(1 - share, ce), step.scale(share, kd));
  }

  /**
   * Cross-entropy of sigmoids, mean over all elements, [1]. It is softmax over the pairs (logit,
   * 0), since {@code sigmoid(x) = softmax(x, 0)[0]}, and so stays finite for any logit.
   *
   * @param targets pairs (t, 1 - t), [elements of the logits, 2]
   */
  private static Tensor binaryCrossEntropy(StepTape step, Tensor logits, Tensor targets) {
    return step.softCrossEntropy(pairs(step, logits), targets);
  }

  /** The pairs (x, 0), [elements of x, 2]. */
  private static Tensor pairs(StepTape step, Tensor x) {
    Tensor column = step.reshape(x, shape(x.shape().elements(), 1));
    return step.concat(1, column, step.affine(0, column, 0));
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    int elements = step.input("new_classes").elements();
    int fresh = elements / (2 * batch.size());
    targets = targets.length == elements ? targets : new float[elements];
    for (int i = 0; i < batch.size(); i++) {
      for (int k = 0; k < fresh; k++) {
        boolean yes = batch.labels()[i] == teacher.classes() + k;
        int at = 2 * (i * fresh + k);
        targets[at] = yes ? 1 : 0;
        targets[at + 1] = yes ? 0 : 1;
      }
    }
    step.input("new_classes").write(targets);
  }

  @Override
  public void afterTask(TaskEnd end) {
    if (buffer().stored().size() > 0) {
      WithNearestMean.learn(head, end, buffer().stored().examples());
    }
  }

  @Override
  public void state(State state) {
    super.state(state);
    head.state(state.in("head"));
  }

  @Override
  public Predictor predictor(Network trained) {
    return Predictor.linear(buffer().stored().size() > 0 ? head.on(trained) : trained);
  }
}
