package engram.cl.strategy;

import static engram.tensor.Shape.shape;

import engram.cl.memory.MemoryBuffer;
import engram.cl.memory.StoredImages;
import engram.cl.stream.Batch;
import engram.cl.task.Examples;
import engram.cl.task.Task;
import engram.nn.Network;
import engram.nn.RecordedNetwork;
import engram.nn.train.StepTape;
import engram.nn.train.TrainingStep;
import engram.tensor.Tensor;

/**
 * Rehearsal in which no class gains by being seen more often. Each batch of n new images gets n
 * from memory, and
 *
 * <pre>
 * loss = CE(logits + log(count), labels) + old / all KD
 *      + lambda sqrt(old / new) mean(1 - cos(features, teacher's features))
 * </pre>
 *
 * count[k] being the images of class k that a batch holds on average (balanced softmax, Ren et al.
 * 2020; logit adjustment, Menon et al. 2021): the few images of an old class are then no reason to
 * answer it less, and the logits themselves are unbiased when the counts are left out in use. The
 * other terms hold the answers (Hinton et al. 2015) and the features (LUCIR, Hou et al. 2019) of
 * the network before the task, with the numbers of old, new and all classes. In the first task the
 * loss is the cross-entropy alone.
 */
public final class BalancedKd extends Distilling {
  /** What a class that no batch can hold counts as, so that its logarithm exists. */
  private static final double LEAST_COUNT = 1e-3;

  private final float lambda;
  private double[] ofTask = {};
  private float[] adjustment = {};

  /**
   * @param lambda weight of the features' direction
   */
  public BalancedKd(MemoryBuffer memory, float lambda) {
    super(memory);
    this.lambda = lambda;
  }

  @Override
  public void beforeTask(Network before, Task task) {
    super.beforeTask(before, task);
    ofTask = shares(task.train(), task.seenClasses());
  }

  /** Share of each label among examples. */
  private static double[] shares(Examples examples, int classes) {
    double[] shares = new double[classes];
    for (int i = 0; i < examples.size(); i++) {
      shares[examples.label(i)] += 1.0 / examples.size();
    }
    return shares;
  }

  @Override
  public Tensor loss(StepTape step) {
    RecordedNetwork.Result now = step.forward();
    if (!teacher.present()) {
      return batchCrossEntropy(step, now.logits());
    }
    int all = now.logits().shape().dim(1);
    int old = teacher.classes();
    Tensor counts = step.input("log_counts", shape(all));
    Tensor ce = batchCrossEntropy(step, step.addBias(now.logits(), counts));
    RecordedNetwork.Result then = teacher.forward(step);
    Tensor kd = step.keep("kd", teacher.distil(step, now.logits(), then.logits()));
    Tensor turned = step.keep("turned", Teacher.turned(step, now.features(), then.features()));
    Tensor held =
        step.add(
            step.scale((double) old / seen, kd),
            step.scale(lambda * Math.sqrt((double) old / (seen - old)), turned));
    return step.add(ce, held);
  }

  @Override
  public void fill(TrainingStep step, Batch batch) {
    if (!teacher.present()) {
      return;
    }
    int fresh = batch.fresh();
    StoredImages stored = buffer().stored();
    double perStored = (double) (batch.size() - fresh) / Math.max(1, stored.size());
    int classes = step.input("log_counts").elements();
    adjustment = adjustment.length == classes ? adjustment : new float[classes];
    for (int k = 0; k < adjustment.length; k++) {
      double share = k < ofTask.length ? ofTask[k] : 0;
      double count = fresh * share + perStored * stored.count(k);
      adjustment[k] = (float) StrictMath.log(Math.max(count, LEAST_COUNT));
    }
    step.input("log_counts").write(adjustment);
  }
}
