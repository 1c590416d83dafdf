package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.cl.memory.MemoryBuffer;
import engram.cl.memory.StreamBuffer;
import engram.cl.state.State;
import engram.cl.stream.Batch;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.Sequential;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.tensor.Tensor;
import java.util.Arrays;

/**
 * Experience replay with asymmetric cross-entropy (Caccia et al. 2022): new images are compared
 * with the classes present among the new images of the batch only, images from memory with all,
 *
 * <pre>loss = CE(logits of new images[classes present], labels) + CE(logits of memory, labels).
 * </pre>
 *
 * So new classes do not push the old ones away when they first appear. While the memory is empty,
 * the loss is the plain cross-entropy.
 *
 * <p>The authors' code, for a classifier with a row for each class from the start, also lets new
 * images be compared with classes that were not met yet, and takes scaled {@link Cosines} for
 * logits: see {@link Variant}.
 *
 * <p>The memory takes in images as they pass by, since the second term is what compares new classes
 * with old ones. Herding cannot: there new classes meet old ones in the next task only.
 */
public final class ErAce extends Rehearsal {
  /** Added to the logit of an absent class: its probability is then 0 in float32. */
  private static final float ABSENT = -1e9f;

  private final Variant variant;
  private String classifier = "";
  private int largestMet;
  private float[] mask = {};

  /**
   * What the authors' code has beside the paper.
   *
   * @param cosine what cosines are multiplied with to be logits, 10 there; 0 for the usual logits
   * @param unmet whether classes from the largest label met so far on compete for new images
   */
  public record Variant(float cosine, boolean unmet) {
    /** Neither. */
    public static final Variant USUAL = new Variant(0, false);
  }

  public ErAce(MemoryBuffer memory) {
    this(memory, Variant.USUAL);
  }

  public ErAce(MemoryBuffer memory, Variant variant) {
    super(memory);
    this.variant = variant;
  }

  @Override
  public void requireFits(Sequential model) {
    if (variant.cosine > 0) {
      LinearClassifier.requireIn(model);
    }
  }

  @Override
  public void beforeTraining(Network network, Task task) {
    classifier = network.model().classifierName();
  }

  @Override
  public boolean remembersEachStep() {
    return buffer() instanceof StreamBuffer;
  }

  @Override
  public Tensor loss(StepTape step) {
    if (variant.cosine == 0) {
      return loss(step, step.forward().logits());
    }
    Tensor features = step.normalize(step.forward().features());
    Tensor logits = step.scale(variant.cosine, Cosines.of(step, features, classifier));
    return step.add(loss(step, logits), Terms.unused(step, classifier + ".bias"));
  }

  private static Tensor loss(StepTape step, Tensor logits) {
    if (step.parts() == 1) {
      return step.keep("ce", step.hardClassification(logits, step.targets()));
    }
    Tensor mask = step.input("absent", shape(logits.shape().dim(1)));
    Tensor masked = step.addBias(step.part(0, logits), mask);
    Tensor fresh = step.crossEntropy(masked, step.part(0, step.targets()));
    Tensor old = step.hardClassification(step.part(1, logits), step.part(1, step.targets()));
    return step.add(step.keep("ce", fresh), step.keep("ce-memory", old));
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    int fresh = batch.fresh();
    for (int i = 0; i < fresh; i++) {
      largestMet = Math.max(largestMet, batch.labels()[i]);
    }
    if (fresh == batch.size()) {
      return;
    }
    int classes = step.input("absent").elements();
    mask = mask.length == classes ? mask : new float[classes];
    Arrays.fill(mask, ABSENT);
    for (int i = 0; i < fresh; i++) {
      mask[batch.labels()[i]] = 0;
    }
    if (variant.unmet) {
      Arrays.fill(mask, Math.min(largestMet, classes), classes, 0);
    }
    step.input("absent").write(mask);
  }

  @Override
  public void state(State state) {
    super.state(state);
    largestMet = state.number("largest_met", largestMet);
  }

  @Override
  public Predictor predictor(Network trained) {
    return variant.cosine == 0 ? super.predictor(trained) : Cosines.predictor(trained);
  }
}
