package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.cl.memory.MemoryBuffer;
import engram.cl.stream.Batch;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.layer.Mode;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.op.Affine;
import engram.op.CrossEntropy;
import engram.op.Elementwise;
import engram.op.Expand;
import engram.op.MatMul;
import engram.op.Narrow;
import engram.op.Reduce;
import engram.op.Relu;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.Optional;

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
public final class Lucir extends Rehearsal {
  private final float eta;
  private final float lambda;
  private final float margin;
  private Optional<Network> teacher = Optional.empty();
  private String classifier = "";
  private float[] own = {};

  /**
   * @param eta what cosines are multiplied with before the softmax
   * @param lambda weight of the less-forget constraint; 5 in the paper
   * @param margin by which the cosine of the own class should lead; 0.5 in the paper
   */
  public Lucir(MemoryBuffer memory, float eta, float lambda, float margin) {
    super(memory);
    this.eta = eta;
    this.lambda = lambda;
    this.margin = margin;
  }

  @Override
  public void beforeTask(Network before, Task task) {
    if (task.index() > 0) {
      teacher = Optional.of(before.copy());
    }
    classifier = before.model().classifier().name();
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor features = step.apply(TurnedFeatures.UNIT, step.forward().features());
    Tensor rows = step.apply(TurnedFeatures.UNIT, step.network().parameter(classifier + ".weight"));
    Tensor cosines = step.apply(new MatMul(false, true), features, rows);
    Tensor ce =
        step.keep("ce", step.apply(new CrossEntropy(), step.scale(eta, cosines), step.labels()));
    Tensor loss = step.add(ce, unused(step));
    if (teacher.isEmpty()) {
      return loss;
    }
    int old = teacher.get().classes();
    int fresh = cosines.shape().dim(1) - old;
    double weight = lambda * Math.sqrt((double) old / fresh);
    loss = step.add(loss, step.scale(weight, step.keep("turned", turned(step, features))));
    return step.parts() == 1
        ? loss
        : step.add(loss, step.keep("margin", ranking(step, step.part(1, cosines), old)));
  }

  /** Every parameter has a gradient: that of the biases is 0. */
  private Tensor unused(StepTape step) {
    Tensor bias = step.network().parameter(classifier + ".bias");
    return step.scale(0, step.apply(Reduce.sumOfAll(bias.shape()), bias));
  }

  /** Mean over images of one minus the cosine of the features then and now. */
  private Tensor turned(StepTape step, Tensor features) {
    Tensor before =
        step.frozen(teacher.orElseThrow()).forward(step.images(), Mode.EVALUATION).features();
    return TurnedFeatures.of(step, features, before);
  }

  private Tensor ranking(StepTape step, Tensor cosines, int old) {
    int images = cosines.shape().dim(0);
    Shape ofNew = shape(images, cosines.shape().dim(1) - old);
    Tensor oneHot = step.input("own", cosines.shape());
    Tensor label = step.apply(Reduce.sum(1), step.multiply(cosines, oneHot));
    Tensor others = step.apply(new Narrow(1, old, ofNew.dim(1)), cosines);
    Tensor lead =
        step.apply(Elementwise.subtract(), others, step.apply(new Expand(1, 1, ofNew), label));
    Tensor hinge = step.apply(new Relu(), step.apply(new Affine(1, margin), lead));
    return step.scale(1.0 / images, step.apply(Reduce.sumOfAll(ofNew), hinge));
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    int fresh = batch.fresh();
    int replayed = batch.size() - fresh;
    if (replayed == 0) {
      return;
    }
    int classes = step.input("own").elements() / replayed;
    own = new float[replayed * classes];
    for (int i = 0; i < replayed; i++) {
      own[i * classes + batch.labels()[fresh + i]] = 1;
    }
    step.input("own").write(own);
  }

  /** The largest cosine; the length of the features is the same for all classes. */
  @Override
  public Predictor predictor(Network trained) {
    return new Predictor(trained, CosineHead.of(trained));
  }
}
