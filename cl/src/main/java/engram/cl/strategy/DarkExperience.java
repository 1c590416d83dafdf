package engram.cl.strategy;

import engram.cl.memory.MemoryBuffer;
import engram.cl.memory.StoredImages;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Dark experience replay (Buzzega et al. 2020): the memory keeps beside each image x' the logits z'
 * that the network had for it, and
 *
 * <pre>
 * DER    loss = CE(new images) + alpha MSE(f(x'), z')
 * DER++  loss = CE(new images) + alpha MSE(f(x'), z') + beta CE(f(x''), y'')
 * </pre>
 *
 * with x' and x'' drawn from memory independently, each as many as there are new images. The logits
 * are taken when the image enters the memory: at the end of its task, online after its step (the
 * authors' code keeps those of the step's own forward pass, before its update). A class that came
 * later has no stored logit and takes the smallest of the image's: the paper's classifier has a row
 * for each class from the start, and cross-entropy had lowered its logit as that of any wrong
 * class.
 */
public final class DarkExperience extends Rehearsal {
  private final float alpha;
  private final OptionalDouble beta;
  private float[] stored = {};

  private DarkExperience(MemoryBuffer memory, float alpha, OptionalDouble beta) {
    super(memory);
    this.alpha = alpha;
    this.beta = beta;
  }

  /** DER: the stored logits alone. */
  public static DarkExperience der(MemoryBuffer memory, float alpha) {
    return new DarkExperience(memory, alpha, OptionalDouble.empty());
  }

  /** DER++: the stored logits, and labels of other images from memory. */
  public static DarkExperience derPlusPlus(MemoryBuffer memory, float alpha, float beta) {
    return new DarkExperience(memory, alpha, OptionalDouble.of(beta));
  }

  @Override
  public int replay(Batch batch, CounterRandom random) {
    int wanted = wanted(batch);
    StoredImages images = buffer().stored();
    int forLogits = images.draw(wanted, random, batch);
    return beta.isEmpty() ? forLogits : forLogits + images.draw(wanted, random.split(1), batch);
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    if (step.parts() == 1) {
      return batchCrossEntropy(step, logits);
    }
    Tensor fresh = step.classification(step.part(0, logits), step.part(0, step.targets()));
    Tensor replayed = step.part(1, logits);
    int half = forLogits(step.partSize(1));
    Tensor loss =
        step.add(
            step.keep("ce", fresh),
            step.scale(alpha, matchStored(step, step.narrow(replayed, 0, 0, half))));
    if (beta.isEmpty()) {
      return loss;
    }
    int others = step.partSize(1) - half;
    Tensor labels = step.narrow(step.part(1, step.targets()), 0, half, others);
    Tensor ce = step.classification(step.narrow(replayed, 0, half, others), labels);
    return step.add(loss, step.scale(beta.getAsDouble(), step.keep("ce-memory", ce)));
  }

  private Tensor matchStored(StepTape step, Tensor logits) {
    Tensor target = step.input("stored", logits.shape());
    return step.keep("mse", step.meanSquaredError(logits, target));
  }

  /** How many of the images from memory are there for their logits. */
  private int forLogits(int replayed) {
    return beta.isEmpty() ? replayed : replayed / 2;
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    int fresh = batch.fresh();
    int count = forLogits(batch.size() - fresh);
    if (count == 0) {
      return;
    }
    int elements = step.input("stored").elements();
    int classes = elements / count;
    stored = stored.length == elements ? stored : new float[elements];
    for (int i = 0; i < count; i++) {
      float[] note = buffer().stored().note(batch.slot(fresh + i));
      System.arraycopy(note, 0, stored, i * classes, note.length);
      Arrays.fill(stored, i * classes + note.length, (i + 1) * classes, smallest(note));
    }
    step.input("stored").write(stored);
  }

  private static float smallest(float[] logits) {
    float smallest = Float.POSITIVE_INFINITY;
    for (float logit : logits) {
      smallest = Math.min(smallest, logit);
    }
    return smallest;
  }

  @Override
  public void remember(Examples seen, Readout network) {
    super.remember(seen, network);
    buffer().stored().noteWhereMissing(network::logits);
  }
}
