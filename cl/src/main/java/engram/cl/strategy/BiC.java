package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.cl.memory.MemoryBuffer;
import engram.cl.state.State;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Bias correction (Wu et al. 2019): rehearsal with distillation weighted old / all as in {@link
 * WeightAligning}; after the task two numbers are learnt that correct the logits of its classes,
 *
 * <pre>corrected[k] = alpha logit[k] + beta,</pre>
 *
 * by the cross-entropy on images in equal shares per class ({@link BiasCorrection}). Corrections of
 * past tasks stay, in the student as in the teacher.
 *
 * <p>The paper holds back a tenth of the memory for alpha and beta. A tenth of four images a class
 * is none, so all of the memory is used, which the network has trained on as far as it is old.
 */
public final class BiC extends Distilling {
  private float[] scale = {};
  private float[] shift = {};

  public BiC(MemoryBuffer memory) {
    super(memory);
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
  public void beforeTraining(Network network, Task task) {
    int known = scale.length;
    scale = Arrays.copyOf(scale, network.classes());
    shift = Arrays.copyOf(shift, network.classes());
    Arrays.fill(scale, known, scale.length, 1);
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    if (!teacher.present()) {
      return batchCrossEntropy(step, logits);
    }
    int old = teacher.classes();
    int all = logits.shape().dim(1);
    Tensor alpha = step.input("scale", shape(all));
    Tensor beta = step.input("shift", shape(all));
    Tensor student = corrected(step, logits, alpha, beta);
    Tensor alphaOfOld = step.narrow(alpha, 0, 0, old);
    Tensor betaOfOld = step.narrow(beta, 0, 0, old);
    Tensor opinion = corrected(step, teacher.logits(step), alphaOfOld, betaOfOld);
    Tensor kd = step.keep("kd", step.kd(student, opinion, Teacher.TEMPERATURE));
    double share = (double) old / seen;
    return step.add(step.scale(1 - share, batchCrossEntropy(step, student)), step.scale(share, kd));
  }

  private static Tensor corrected(StepTape step, Tensor logits, Tensor scale, Tensor shift) {
    Tensor rows = step.repeatRows(scale, logits.shape());
    return step.addBias(step.multiply(logits, rows), shift);
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    if (teacher.present()) {
      step.input("scale").write(scale);
      step.input("shift").write(shift);
    }
  }

  @Override
  public void afterTask(TaskEnd end) {
    int first = end.task().firstLabel();
    if (first == 0 || buffer().stored().size() == 0) {
      return;
    }
    Examples examples = buffer().stored().examples();
    float[][] logits = end.logits(examples);
    for (int i = 0; i < logits.length; i++) {
      correct(logits[i]);
      logits[i] = Arrays.copyOf(logits[i], seen);
    }
    int[] labels = IntStream.range(0, examples.size()).map(examples::label).toArray();
    BiasCorrection fitted = BiasCorrection.fit(logits, labels, first);
    Arrays.fill(scale, first, seen, (float) fitted.alpha());
    Arrays.fill(shift, first, seen, (float) fitted.beta());
  }

  @Override
  public void state(State state) {
    super.state(state);
    scale = state.floats("scale", scale);
    shift = state.floats("shift", shift);
  }

  /** The classifier with the corrections in its rows and offsets. */
  @Override
  public Predictor predictor(Network trained) {
    LinearClassifier corrected = LinearClassifier.of(trained);
    float[] weight = corrected.weight();
    for (int i = 0; i < weight.length; i++) {
      weight[i] *= scale[i / corrected.features()];
    }
    correct(corrected.bias());
    return Predictor.linear(corrected.on(trained));
  }

  /** {@code alpha logit + beta} for each class. */
  private void correct(float[] logits) {
    for (int k = 0; k < scale.length; k++) {
      logits[k] = scale[k] * logits[k] + shift[k];
    }
  }
}
