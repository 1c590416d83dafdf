package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.nn.layer.Mode;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;

/**
 * Averaged gradient episodic memory (Chaudhry et al. 2019): the gradient g of the new images'
 * cross-entropy may not raise the loss on memory. With r the gradient of the cross-entropy on
 * images from memory,
 *
 * <pre>g := g - min(0, g . r) / (r . r) r.</pre>
 *
 * The memory only ever says no: where g does no harm to first order, it teaches nothing. In
 * class-incremental learning accuracy on old classes ends near that of fine-tuning.
 */
public final class AGem extends Rehearsal {
  public AGem(MemoryBuffer memory) {
    super(memory);
  }

  @Override
  public Tensor loss(StepTape step) {
    return step.keep("ce", ofPart(step, 0));
  }

  private static Tensor ofPart(StepTape step, int part) {
    Tensor images = step.part(part, step.inputs());
    Tensor logits = step.network().forward(images, Mode.TRAINING).logits();
    return step.hardClassification(logits, step.part(part, step.targets()));
  }

  @Override
  public void adjust(StepTape step, Tensor gradients) {
    if (step.parts() == 1) {
      return;
    }
    Tensor reference = step.gradients("reference", step.keep("ce-memory", ofPart(step, 1)));
    Tensor harm = step.relu(step.scale(-1, dot(step, gradients, reference)));
    // The smallest normal number of float32 keeps 0 / 0 away when the memory has no gradient.
    Tensor length = step.shift(dot(step, reference, reference), Float.MIN_NORMAL);
    Tensor factor = step.divide(harm, length);
    step.assign(gradients, step.add(gradients, step.scale(factor, reference)));
  }

  private static Tensor dot(StepTape step, Tensor a, Tensor b) {
    return step.sum(step.multiply(a, b));
  }
}
