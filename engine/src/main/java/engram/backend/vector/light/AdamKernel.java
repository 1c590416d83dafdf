package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.AdamStep;
import java.util.List;

/**
 * One step of Adam. What depends on the step alone is computed once, in double, by the thread that
 * runs the kernel, before the workers start; the step counter changes after they are done.
 */
public final class AdamKernel implements Kernel {
  private final AdamStep op;
  final HostBuffer p;
  final HostBuffer g;
  final HostBuffer m;
  final HostBuffer v;
  private final HostBuffer step;
  private final HostBuffer rate;
  private final Kernel loop;
  final float mix;
  final float keepSquare;
  final float mixSquare;
  final float epsilon;
  final float addedDecay;

  /** Factor on p before the step: 1 - rate weightDecay if decoupled. */
  float shrink;

  /** rate / (1 - beta1^step). */
  float stride;

  /** sqrt(1 - beta2^step). */
  float squareCorrection;

  public AdamKernel(Parallel parallel, Loops loops, AdamStep op, List<HostBuffer> operands) {
    this.op = op;
    p = operands.get(0);
    g = operands.get(1);
    m = operands.get(2);
    v = operands.get(3);
    step = operands.get(4);
    rate = operands.get(5);
    mix = (float) (1 - op.beta1());
    keepSquare = (float) op.beta2();
    mixSquare = (float) (1 - op.beta2());
    epsilon = (float) op.epsilon();
    addedDecay = op.decoupled() ? 0 : (float) op.weightDecay();
    loop = parallel.elements(p.elements(), (from, to) -> loops.adam(this, from, to));
  }

  @Override
  public void run() {
    double steps = step.data()[step.offset()] + 1.0;
    double learningRate = rate.data()[rate.offset()];
    shrink = op.decoupled() ? (float) (1 - learningRate * op.weightDecay()) : 1;
    stride = (float) (learningRate / (1 - StrictMath.pow(op.beta1(), steps)));
    squareCorrection = (float) StrictMath.sqrt(1 - StrictMath.pow(op.beta2(), steps));
    loop.run();
    step.data()[step.offset()] = (float) steps;
  }
}
