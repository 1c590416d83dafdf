package engram.cl.strategy;

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
 * would push the old ones down on every image and work against the distillation. Where a run
 * compares the classes of each task among themselves, as the paper does, so does the distillation.
 */
public final class LearningWithoutForgetting implements Strategy {
  private final float lambda;
  private final Teacher teacher = new Teacher();
  private int firstLabel;
  private int classes;

  /**
   * @param lambda weight of the distillation; 1 in the paper
   */
  public LearningWithoutForgetting(float lambda) {
    this.lambda = lambda;
  }

  @Override
  public void beforeTask(Network before, Task task) {
    teacher.remember(before, task);
    firstLabel = task.firstLabel();
    classes = task.newClasses();
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    Tensor ofTask = step.narrow(logits, 1, firstLabel, classes);
    Tensor labels = step.shift(step.targets(), -firstLabel);
    Tensor ce = step.keep("ce", step.crossEntropy(ofTask, labels));
    if (!teacher.present()) {
      return ce;
    }
    Tensor kd =
        step.comparesAll() ? teacher.distil(step, logits) : teacher.distilByTask(step, logits);
    return step.add(ce, step.scale(lambda, kd));
  }
}
