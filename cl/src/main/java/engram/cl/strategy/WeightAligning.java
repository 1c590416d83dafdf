package engram.cl.strategy;

import engram.backend.Buffer;
import engram.cl.memory.MemoryBuffer;
import engram.nn.Network;
import engram.nn.train.StepTape;
import engram.tensor.Tensor;

/**
 * Weight aligning (Zhao et al. 2020): rehearsal with distillation,
 *
 * <pre>loss = (1 - old / all) CE(logits, labels) + old / all KD,</pre>
 *
 * with the numbers of old and of all classes, over new images and 0.3 times as many from memory.
 * After the task the classifier's rows of new classes are scaled by the mean norm of the old rows
 * over the mean norm of the new ones: few memory images leave the rows of old classes short, so
 * that new classes would win too often.
 */
public final class WeightAligning extends Distilling {
  private static final double REPLAY_SHARE = 0.3;

  public WeightAligning(MemoryBuffer memory) {
    super(memory, REPLAY_SHARE);
  }

  @Override
  boolean mixes() {
    return true;
  }

  @Override
  public Tensor loss(StepTape step) {
    Tensor logits = step.forward().logits();
    Tensor ce = batchCrossEntropy(step, logits);
    if (!teacher.present()) {
      return ce;
    }
    double share = (double) teacher.classes() / seen;
    return step.add(step.scale(1 - share, ce), step.scale(share, teacher.distil(step, logits)));
  }

  @Override
  public void afterTask(TaskEnd end) {
    if (end.task().index() > 0) {
      align(end.network(), end.task().firstLabel(), seen);
    }
  }

  /**
   * Scales the classifier's rows {@code firstNew} to {@code end - 1} to the mean norm of those
   * before.
   */
  static void align(Network network, int firstNew, int end) {
    Buffer weight = network.parameters().buffer(network.model().classifierName() + ".weight");
    float[] rows = weight.read();
    int columns = rows.length / network.classes();
    double factor = meanNorm(rows, columns, 0, firstNew) / meanNorm(rows, columns, firstNew, end);
    for (int i = firstNew * columns; i < end * columns; i++) {
      rows[i] *= (float) factor;
    }
    weight.write(rows);
  }

  private static double meanNorm(float[] rows, int columns, int first, int end) {
    double sum = 0;
    for (int row = first; row < end; row++) {
      double squares = 0;
      for (int c = 0; c < columns; c++) {
        squares += (double) rows[row * columns + c] * rows[row * columns + c];
      }
      sum += Math.sqrt(squares);
    }
    return sum / (end - first);
  }
}
