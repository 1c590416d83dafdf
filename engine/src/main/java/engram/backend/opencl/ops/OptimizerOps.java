package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.Session;
import engram.op.AdamStep;
import engram.op.ClipGradientNorm;
import engram.op.SgdStep;
import java.util.List;

/**
 * Updates of flat parameter buffers: {@code adam_step.cl}, {@code sgd_step.cl}, {@code
 * clip_gradient_norm.cl}.
 */
public final class OptimizerOps {
  private final Session session;
  private final ReduceOps reduce;

  public OptimizerOps(Session session, ReduceOps reduce) {
    this.session = session;
    this.reduce = reduce;
  }

  /** Operands are p, g, m, v, step, rate: counts the step, then updates all parameters. */
  public DeviceKernel adam(AdamStep op, List<Operand> in) {
    int n = in.get(0).shape().elements();
    Operand step = in.get(4);
    Operand rate = in.get(5);
    OpenClBuffer correction = session.allocate(2);
    return DeviceKernel.sequence(
        session
            .kernel("adam_step", "adam_count")
            .operand(step)
            .operand(rate)
            .operand(correction)
            .number((float) Math.log(op.beta1()))
            .number((float) Math.log(op.beta2()))
            .range(1),
        session
            .kernel("adam_step")
            .operands(in.subList(0, 4))
            .operand(rate)
            .operand(correction)
            .number(n)
            .number((float) (1 - op.beta1()))
            .number((float) op.beta2())
            .number((float) (1 - op.beta2()))
            .number((float) op.epsilon())
            .number((float) op.weightDecay())
            .number(op.decoupled() ? 1 : 0)
            .range(n));
  }

  /** Operands are p, g, velocity, rate. */
  public DeviceKernel sgd(SgdStep op, List<Operand> in) {
    int n = in.get(0).shape().elements();
    return session
        .kernel("sgd_step")
        .operands(in)
        .number(n)
        .number((float) op.momentum())
        .number(op.nesterov() ? 1 : 0)
        .number((float) op.weightDecay())
        .range(n);
  }

  public DeviceKernel clipGradientNorm(ClipGradientNorm op, Operand g) {
    OpenClBuffer squares = session.allocate(2);
    int n = g.shape().elements();
    return DeviceKernel.sequence(
        reduce.sumOfSquares(g, squares),
        session
            .kernel("clip_gradient_norm", "clip")
            .operand(g)
            .operand(squares)
            .number(n)
            .number((float) op.max())
            .number((float) ClipGradientNorm.EPSILON)
            .range(n));
  }
}
