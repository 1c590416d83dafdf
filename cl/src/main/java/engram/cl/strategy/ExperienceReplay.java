package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;

/**
 * Experience replay: cross-entropy over new images x and those from memory x' (Ratcliff 1990;
 * Chaudhry et al. 2019, "On tiny episodic memories"), weighted as one of
 *
 * <pre>
 * JOINED  CE(x and x')                          each image counts the same (Buzzega et al. 2020)
 * SUM     CE(x) + CE(x')                        as many or few as they are (Caccia et al. 2022)
 * TASKS   1 / N CE(x) + (1 - 1 / N) CE(x')      for N tasks so far (van de Ven et al. 2022)
 * </pre>
 */
public final class ExperienceReplay extends Rehearsal {
  private final Weights weights;
  private int tasks;

  /** What new images and those from memory count. */
  public enum Weights {
    JOINED,
    SUM,
    TASKS
  }

  public ExperienceReplay(MemoryBuffer memory) {
    this(memory, Weights.JOINED);
  }

  public ExperienceReplay(MemoryBuffer memory, Weights weights) {
    super(memory);
    this.weights = weights;
  }

  @Override
  boolean mixes() {
    return weights == Weights.JOINED;
  }

  @Override
  public void beforeTask(Network before, Task task) {
    tasks = task.index() + 1;
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    if (weights == Weights.JOINED || step.parts() == 1) {
      return batchCrossEntropy(step, logits);
    }
    Tensor fresh = step.keep("ce", ofPart(step, logits, 0));
    Tensor old = step.keep("ce-memory", ofPart(step, logits, 1));
    return weights == Weights.SUM
        ? step.add(fresh, old)
        : step.add(step.scale(1.0 / tasks, fresh), step.scale(1 - 1.0 / tasks, old));
  }

  private static Tensor ofPart(StepTape step, Tensor logits, int part) {
    return step.classification(step.part(part, logits), step.part(part, step.targets()));
  }
}
