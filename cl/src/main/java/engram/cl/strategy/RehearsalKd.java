package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.state.State;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.layer.Mode;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;
import java.util.Optional;

/**
 * Rehearsal with knowledge distillation. Each batch of n new images gets max(1, 0.3 n) images from
 * a small memory. The network before the task is the teacher, and the loss over the whole batch is
 *
 * <pre>
 * alpha CE(logits, labels) + (1 - alpha) T^2 KL(softmax(teacher / T) || softmax(logits[old classes] / T))
 * </pre>
 *
 * (Hinton et al. 2015 for distillation; Rebuffi et al. 2017 for memory and distillation together.)
 * While there is neither teacher nor memory, this is {@link FineTune}.
 */
public final class RehearsalKd extends Rehearsal {
  /** Images from memory for each new image. */
  private static final double REPLAY_SHARE = 0.3;

  private final float alpha;
  private final float temperature;
  private Optional<Network> teacher = Optional.empty();
  private final boolean pretrained;
  private int known;
  private int seen;

  /**
   * @param alpha weight of the cross-entropy, from 0 to 1
   * @param temperature divides the logits before the softmax of the distillation, above 0
   * @param pretrained whether the network knows the classes of the first task before it, so that it
   *     can teach there too
   */
  public RehearsalKd(MemoryBuffer memory, float alpha, float temperature, boolean pretrained) {
    super(memory, REPLAY_SHARE);
    this.alpha = alpha;
    this.temperature = temperature;
    this.pretrained = pretrained;
  }

  @Override
  boolean mixes() {
    return true;
  }

  @Override
  public void beforeTask(Network before, Task task) {
    if (pretrained || task.index() > 0) {
      teacher = Optional.of(before.copy());
      known = task.index() > 0 ? seen : task.seenClasses();
    }
    seen = task.seenClasses();
  }

  /** The teacher is the network before the task, of which {@link #beforeTask} makes a copy. */
  @Override
  public void state(State state) {
    super.state(state);
    seen = state.number("seen", seen);
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    Tensor ce = batchCrossEntropy(step, logits);
    if (teacher.isEmpty()) {
      return ce;
    }
    Tensor old = step.frozen(teacher.get()).forward(step.inputs(), Mode.EVALUATION).logits();
    Tensor ofKnown = Teacher.leading(step, old, known);
    Tensor kd = step.keep("kd", step.kd(logits, ofKnown, temperature));
    return step.add(step.scale(alpha, ce), step.scale(1 - alpha, kd));
  }
}
