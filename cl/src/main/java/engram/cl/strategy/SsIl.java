package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.stream.Batch;
import engram.nn.train.StepTape;
import engram.random.CounterRandom;
import engram.tensor.Tensor;

/**
 * Separated softmax (Ahn et al. 2021, SS-IL): new images are compared among the new classes, images
 * from memory among the old ones, and each past task is distilled on its own,
 *
 * <pre>
 * loss = n / (n + m) CE(new images[new classes]) + m / (n + m) CE(memory[old classes]) + sum over past tasks of KD
 * </pre>
 *
 * for n new images and m from memory. So no gradient moves old classes against new ones.
 */
public final class SsIl extends Distilling {
  public SsIl(MemoryBuffer memory) {
    super(memory);
  }

  /** Images of past tasks only: there is a softmax for each side. */
  @Override
  public int replay(Batch batch, CounterRandom random) {
    return buffer().stored().draw(wanted(batch), teacher.classes(), random, batch);
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    if (!teacher.present()) {
      return step.keep("ce", step.hardClassification(logits, step.targets()));
    }
    int old = teacher.classes();
    int fresh = step.partSize(0);
    Tensor ofTask = step.narrow(step.part(0, logits), 1, old, logits.shape().dim(1) - old);
    Tensor labels = step.shift(step.part(0, step.targets()), -old);
    Tensor ce = step.keep("ce", step.crossEntropy(ofTask, labels));
    if (step.parts() > 1) {
      Tensor ofPast = step.narrow(step.part(1, logits), 1, 0, old);
      Tensor past = step.hardClassification(ofPast, step.part(1, step.targets()));
      double share = (double) fresh / (fresh + step.partSize(1));
      ce = step.add(step.scale(share, ce), step.scale(1 - share, step.keep("ce-memory", past)));
    }
    return step.add(ce, teacher.distilByTask(step, logits));
  }
}
