package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.layer.Mode;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;

/**
 * End-to-end incremental learning (Castro et al. 2018): cross-entropy and, for each past task, a
 * distillation of its classes,
 *
 * <pre>loss = CE(logits, labels) + sum over past tasks of KD,</pre>
 *
 * then, on the memory alone, in which all classes have equal shares, a fine-tuning at a hundredth
 * of the learning rate, in which the network just trained teaches the classes of the new task.
 */
public final class Eeil extends Distilling {
  private static final float FINE_RATE = 0.01f;

  private final int fineEpochs;

  /**
   * @param fineEpochs passes over the memory in the fine-tuning; 30 in the paper
   */
  public Eeil(MemoryBuffer memory, int fineEpochs) {
    super(memory);
    this.fineEpochs = fineEpochs;
  }

  @Override
  boolean mixes() {
    return true;
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    Tensor ce = batchCrossEntropy(step, logits);
    return teacher.present() ? step.add(ce, teacher.distilByTask(step, logits)) : ce;
  }

  @Override
  public void afterTask(TaskEnd end) {
    if (teacher.present() && buffer().stored().size() > 0) {
      Network trained = end.network().copy();
      end.train(
          step -> balancedLoss(step, trained, end.task()),
          buffer().stored().examples(),
          fineEpochs,
          FINE_RATE);
    }
  }

  /** Loss of the fine-tuning. */
  Tensor balancedLoss(StepTape step, Network trained, Task task) {
    Tensor logits = step.forward().logits();
    Tensor before = step.frozen(trained).forward(step.inputs(), Mode.EVALUATION).logits();
    return step.add(
        step.hardClassification(logits, step.targets()),
        step.add(teacher.distilByTask(step, logits), Teacher.distil(step, logits, before, task)));
  }
}
