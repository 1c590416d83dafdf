package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.SgdStep;
import java.util.List;

/** One step of gradient descent. The rate is read before the workers start. */
public final class SgdKernel implements Kernel {
  final HostBuffer p;
  final HostBuffer g;
  final HostBuffer velocity;
  private final HostBuffer rate;
  private final Kernel loop;
  final float momentum;
  final float decay;
  final boolean nesterov;

  /** Learning rate of the present step. */
  float stride;

  public SgdKernel(Parallel parallel, Loops loops, SgdStep op, List<HostBuffer> operands) {
    p = operands.get(0);
    g = operands.get(1);
    velocity = operands.get(2);
    rate = operands.get(3);
    momentum = (float) op.momentum();
    decay = (float) op.weightDecay();
    nesterov = op.nesterov();
    loop = parallel.elements(p.elements(), (from, to) -> loops.sgd(this, from, to));
  }

  @Override
  public void run() {
    stride = rate.data()[rate.offset()];
    loop.run();
  }
}
