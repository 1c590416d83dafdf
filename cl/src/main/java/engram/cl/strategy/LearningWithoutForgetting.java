package engram.cl.strategy;

import engram.cl.state.State;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;

/**
 * Distillation without a memory (Li and Hoiem 2016): the new images are shown to the teacher, and
 *
 * <pre>
 * loss = CE(logits[new classes], labels) + lambda T^2 KL(softmax(old / T) || softmax(logits[old classes] / T))
 * </pre>
 *
 * The cross-entropy is over the outputs of the new task alone, as in the paper: with all outputs it
 * would push the old ones down on every image and work against the distillation. That and the
 * weights are what a {@link Variant} changes. Where a run compares the classes of each task among
 * themselves, as the paper does, so does the distillation.
 */
public final class LearningWithoutForgetting implements Strategy {
  private final float lambda;
  private final Variant variant;
  private final Teacher teacher;
  private int tasks;
  private int firstLabel;
  private int classes;

  /** Classes that the cross-entropy compares. */
  public enum Over {
    /** Those of the task. */
    OWN,
    /** All that the run compares, old ones among them. */
    MET
  }

  /** What cross-entropy and distillation count, with N tasks so far. */
  public enum Weights {
    /** {@code CE + lambda KD}. */
    LAMBDA,
    /** {@code CE + lambda (N - 1) KD} (van de Ven et al. 2022). */
    TASKS,
    /** {@code 1 / N CE + (1 - 1 / N) lambda KD} (van de Ven and Tolias 2018). */
    SHARE
  }

  /**
   * What implementations differ in.
   *
   * @param squared whether the distillation has the factor T^2, which the paper leaves out and
   *     Hinton et al. 2015 have
   * @param temperature T, above 0
   * @param amongAll whether the distillation compares all classes that the run compares, those that
   *     the teacher has not met with a target of 0 (code of van de Ven and Tolias 2018 and later):
   *     it then pushes new classes down on new images
   * @param meanOfClasses whether the distillation is a mean over the classes that it compares, too,
   *     so that it counts less the more there are (code of van de Ven and Tolias 2018)
   */
  public record Variant(
      Over over,
      Weights weights,
      boolean squared,
      float temperature,
      boolean amongAll,
      boolean meanOfClasses) {
    /** The formula above, with T = 2. */
    public static final Variant USUAL =
        new Variant(Over.OWN, Weights.LAMBDA, true, 2, false, false);

    public Variant {
      if (!(temperature > 0)) {
        throw new IllegalArgumentException(
            "temperature is " + temperature + ", expected a number above 0");
      }
    }
  }

  /**
   * @param lambda weight of the distillation; 1 in the paper
   */
  public LearningWithoutForgetting(float lambda) {
    this(lambda, Variant.USUAL);
  }

  /**
   * @param lambda weight of the distillation
   */
  public LearningWithoutForgetting(float lambda, Variant variant) {
    this.lambda = lambda;
    this.variant = variant;
    teacher = new Teacher(variant.temperature);
  }

  @Override
  public void beforeTask(Network before, Task task) {
    teacher.remember(before, task);
    tasks = task.index() + 1;
    firstLabel = task.firstLabel();
    classes = task.newClasses();
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    Tensor ce = step.keep("ce", crossEntropy(step, logits));
    if (!teacher.present()) {
      return ce;
    }
    Tensor kd = distillation(step, logits);
    if (variant.meanOfClasses) {
      int compared = variant.amongAll ? logits.shape().dim(1) : teacher.classes();
      kd = step.scale(1.0 / compared, kd);
    }
    double t = variant.temperature;
    double weight = variant.squared ? lambda : lambda / (t * t);
    return switch (variant.weights) {
      case LAMBDA -> step.add(ce, step.scale(weight, kd));
      case TASKS -> step.add(ce, step.scale(weight * (tasks - 1), kd));
      case SHARE ->
          step.add(step.scale(1.0 / tasks, ce), step.scale(weight * (1 - 1.0 / tasks), kd));
    };
  }

  @Override
  public void state(State state) {
    teacher.state(state.in("teacher"));
  }

  private Tensor distillation(StepTape step, Tensor logits) {
    if (!step.comparesAll()) {
      return teacher.distilByTask(step, logits);
    }
    return variant.amongAll ? teacher.distilAmongAll(step, logits) : teacher.distil(step, logits);
  }

  private Tensor crossEntropy(StepTape step, Tensor logits) {
    return variant.over == Over.MET
        ? step.hardClassification(logits, step.targets())
        : step.crossEntropy(
            step.narrow(logits, 1, firstLabel, classes), step.shift(step.targets(), -firstLabel));
  }
}
