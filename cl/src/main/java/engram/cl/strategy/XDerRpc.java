package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.cl.memory.MemoryBuffer;
import engram.cl.memory.StoredImages;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.Arrays;

/**
 * Extended dark experience replay with a regular polytope classifier (Boschini et al. 2022,
 * X-DER-RPC). The classifier is a fixed {@link Simplex} with a corner for each class that will ever
 * come, so that logits of future classes exist from the start:
 *
 * <pre>
 * loss = CE(new images[classes of the task], y) + alpha MSE(f(x'), z') + beta CE(f(x'')[past classes], y'')
 *      + eta mean over new images and past classes k of max(0, margin - f[y] + f[k])
 *      + eta mean over all images and future classes k of max(0, margin - f[y] + f[k])
 * </pre>
 *
 * with x' and x'' drawn from memory independently, z' the logits stored with x', over all classes.
 * Cross-entropy never compares a class of the task with a past one, which would favour the new one.
 *
 * <p>Stored logits are kept up to date ({@link #implant}): an image that enters the memory takes
 * its logits of past classes with it, an image that is there gets those of the new and future
 * classes when a task is done; either scaled down so that none exceeds gamma times the logit of the
 * image's own class. The paper also does the latter for some images at each step, its hinges count
 * only the largest logit, and it has that of past classes in X-DER but not in X-DER-RPC, where
 * without it new images are answered with old classes here.
 */
public final class XDerRpc extends Rehearsal {
  private final Weights weights;
  private final int classes;
  private final CounterRandom random;
  private float[][] simplex = {};
  private float[] corners = {};
  private String classifier = "";
  private int past;
  private int seen;
  private float[] stored = {};
  private final OneHot oneHot = new OneHot();

  /**
   * Numbers of the loss.
   *
   * @param alpha of the stored logits
   * @param beta of the labels of memory
   * @param gamma largest stored logit of another task's class, as a share of that of the own class
   * @param eta of the past and of the future classes
   * @param margin by which the own class should lead them
   */
  public record Weights(float alpha, float beta, float gamma, float eta, float margin) {}

  /**
   * @param classes number of classes in all tasks together
   * @param random numbers for the simplex alone
   */
  public XDerRpc(MemoryBuffer memory, Weights weights, int classes, CounterRandom random) {
    super(memory);
    this.weights = weights;
    this.classes = classes;
    this.random = random;
  }

  @Override
  public void requireFits(Sequential model) {
    LinearClassifier.requireIn(model);
    Simplex.require(classes, model.classifier().in());
  }

  @Override
  public void beforeTraining(Network network, Task task) {
    past = task.firstLabel();
    seen = task.seenClasses();
    classifier = network.model().classifierName();
    int features = network.model().classifier().in();
    simplex = Simplex.corners(classes, features, random);
    corners = LinearClassifier.of(simplex).weight();
  }

  /** Twice as many as there are new images, of past tasks. */
  @Override
  public int replay(Batch batch, CounterRandom numbers) {
    int wanted = wanted(batch);
    StoredImages images = buffer().stored();
    return images.draw(wanted, past, numbers, batch)
        + images.draw(wanted, past, numbers.split(1), batch);
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor features = step.forward().features();
    Tensor fixed = step.input("simplex", shape(classes, simplex[0].length));
    Tensor logits = step.matmul(features, step.transposed(fixed));
    Tensor loss =
        step.add(step.keep("ce", ofTask(step, logits)), Terms.unusedLinear(step, classifier));
    if (step.parts() > 1) {
      loss = step.add(loss, ofMemory(step, step.part(1, logits)));
    }
    if (past == 0 && seen == classes) {
      return loss;
    }
    Tensor labels = oneHot.input(step, logits.shape());
    if (past > 0) {
      Tensor hinge = hinge(step, step.part(0, logits), step.part(0, labels), 0, past);
      loss = step.add(loss, step.scale(weights.eta, step.keep("past", hinge)));
    }
    if (seen < classes) {
      Tensor hinge = hinge(step, logits, labels, seen, classes);
      loss = step.add(loss, step.scale(weights.eta, step.keep("future", hinge)));
    }
    return loss;
  }

  /** Mean over images and the classes from {@code first} to {@code end - 1}. */
  private Tensor hinge(StepTape step, Tensor logits, Tensor labels, int first, int end) {
    Tensor sums = Terms.margin(step, logits, labels, first, end, weights.margin);
    return step.scale(1.0 / (end - first), sums);
  }

  private Tensor ofTask(StepTape step, Tensor logits) {
    Tensor ofTask = step.narrow(step.part(0, logits), 1, past, seen - past);
    Tensor labels = step.shift(step.part(0, step.targets()), -past);
    return step.crossEntropy(ofTask, labels);
  }

  private Tensor ofMemory(StepTape step, Tensor logits) {
    int half = step.partSize(1) / 2;
    Tensor target = step.input("stored", shape(half, classes));
    Tensor mse = step.meanSquaredError(step.narrow(logits, 0, 0, half), target);
    Tensor ofPast = step.narrow(step.narrow(logits, 0, half, half), 1, 0, past);
    Tensor labels = step.narrow(step.part(1, step.targets()), 0, half, half);
    Tensor ce = step.hardClassification(ofPast, labels);
    return step.add(
        step.scale(weights.alpha, step.keep("mse", mse)),
        step.scale(weights.beta, step.keep("ce-memory", ce)));
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    step.input("simplex").write(corners);
    if (past > 0 || seen < classes) {
      oneHot.fill(step, batch, 0);
    }
    int half = (batch.size() - batch.fresh()) / 2;
    if (half > 0) {
      stored = stored.length == half * classes ? stored : new float[half * classes];
      for (int i = 0; i < half; i++) {
        float[] note = buffer().stored().note(batch.slot(batch.fresh() + i));
        System.arraycopy(note, 0, stored, i * classes, classes);
      }
      step.input("stored").write(stored);
    }
  }

  @Override
  public void remember(Examples examples, Readout network) {
    super.remember(examples, network);
    buffer()
        .stored()
        .noteWhereMissing(
            entering -> {
              float[][] logits = logits(network.features(entering));
              for (int i = 0; i < logits.length; i++) {
                implant(logits[i], logits[i], entering.label(i), 0, past, weights.gamma);
              }
              return logits;
            });
  }

  @Override
  public void afterTask(TaskEnd end) {
    StoredImages images = buffer().stored();
    if (images.size() == 0) {
      return;
    }
    float[][] logits = logits(end.features(images.examples()));
    for (int slot = 0; slot < images.size(); slot++) {
      if (images.label(slot) < past) {
        float[] note = images.note(slot);
        implant(note, logits[slot], images.label(slot), past, classes, weights.gamma);
        images.note(slot, note);
      }
    }
  }

  private float[][] logits(float[][] features) {
    float[][] logits = new float[features.length][classes];
    for (int i = 0; i < features.length; i++) {
      for (int k = 0; k < classes; k++) {
        logits[i][k] = LinearClassifier.dot(features[i], simplex[k]);
      }
    }
    return logits;
  }

  /**
   * Puts the latest logits of classes {@code first} to {@code end - 1} among those that are stored.
   * If the largest exceeds the stored logit of the image's own class, which is above 0, all are
   * scaled so that it becomes gamma times that.
   */
  static void implant(float[] stored, float[] latest, int label, int first, int end, float gamma) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int k = first; k < end; k++) {
      largest = Math.max(largest, latest[k]);
    }
    boolean tooLarge = stored[label] > 0 && largest > stored[label];
    float factor = tooLarge ? gamma * stored[label] / largest : 1;
    for (int k = first; k < end; k++) {
      stored[k] = factor * latest[k];
    }
  }

  /** The fixed classifier answers. */
  @Override
  public Predictor predictor(Network trained) {
    return Predictor.linear(
        LinearClassifier.of(Arrays.copyOf(simplex, trained.classes())).on(trained));
  }
}
