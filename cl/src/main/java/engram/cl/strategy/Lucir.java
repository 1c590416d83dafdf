package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.stream.Batch;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Tensor;

/**
 * LUCIR (Hou et al. 2019): logits are cosines of features and classifier rows, so that the norm of
 * neither can favour new classes,
 *
 * <pre>
 * loss = CE(eta cos) + lambda sqrt(old / new) mean(1 - cos(features, teacher's features))
 *      + mean over images from memory of the sum over new classes k of max(0, margin - cos[label] + cos[k])
 * </pre>
 *
 * with the numbers of old and of new classes. Where the paper takes the two nearest new classes and
 * learns eta, all new classes count and eta is fixed. The classifier's biases are not used.
 */
public final class Lucir extends Distilling {
  private final float eta;
  private final float lambda;
  private final float margin;
  private String classifier = "";
  private final OneHot oneHot = new OneHot();

  /**
   * @param eta what cosines are multiplied with before the softmax, above 0
   * @param lambda weight of the less-forget constraint; 5 in the paper
   * @param margin by which the cosine of the own class should lead; 0.5 in the paper
   */
  public Lucir(MemoryBuffer memory, float eta, float lambda, float margin) {
    super(memory);
    if (!(eta > 0)) {
      throw new IllegalArgumentException("eta is " + eta + ", expected a number above 0");
    }
    this.eta = eta;
    this.lambda = lambda;
    this.margin = margin;
  }

  @Override
  public void requireFits(Sequential model) {
    LinearClassifier.requireIn(model);
  }

  @Override
  public void beforeTask(Network before, Task task) {
    super.beforeTask(before, task);
    classifier = before.model().classifierName();
  }

  /** Images of past tasks only: those of the task need no margin over its classes. */
  @Override
  public int replay(Batch batch, CounterRandom random) {
    return buffer().stored().draw(wanted(batch), teacher.classes(), random, batch);
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor features = step.normalize(step.forward().features());
    Tensor cosines = Cosines.of(step, features, classifier);
    Tensor ce = step.keep("ce", step.classification(step.scale(eta, cosines), step.targets()));
    Tensor loss = step.add(ce, Terms.unused(step, classifier + ".bias"));
    if (!teacher.present()) {
      return loss;
    }
    int old = teacher.classes();
    int fresh = seen - old;
    double weight = lambda * Math.sqrt((double) old / fresh);
    loss = step.add(loss, step.scale(weight, step.keep("turned", turned(step, features))));
    if (step.parts() == 1) {
      return loss;
    }
    Tensor replayed = step.part(1, cosines);
    Tensor labels = oneHot.input(step, replayed.shape());
    return step.add(
        loss, step.keep("margin", Terms.margin(step, replayed, labels, old, old + fresh, margin)));
  }

  /** Mean over images of one minus the cosine of the features then and now. */
  private Tensor turned(StepTape step, Tensor features) {
    return Teacher.turned(step, features, teacher.forward(step).features());
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    oneHot.fill(step, batch, batch.fresh());
  }

  /** The largest cosine; the length of the features is the same for all classes. */
  @Override
  public Predictor predictor(Network trained) {
    return Cosines.predictor(trained);
  }
}
