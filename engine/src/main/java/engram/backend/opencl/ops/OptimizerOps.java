package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.Session;
import engram.op.AdamStep;
import engram.op.ClipGradientNorm;
import engram.op.SgdStep;
import java.util.List;

/**
 * Updates of flat parameter buffers: {@code adam_step.cl}, {@code sgd_step.cl}, {@code
 * clip_gradient_norm.cl}.
 */
public record OptimizerOps(Session session, ReduceOps reduce) {

  /** Operands are p, g, m, v, step, rate: counts the step, then updates all parameters. */
  public DeviceKernel adam(AdamStep op, List<Operand> in) {
    int n = in.get(0).shape().elements();
    Operand step = in.get(4);
    Operand rate = in.get(5);
    Operand correction = session.scratch(2);
    return DeviceKernel.sequence(
        session
            .kernel("adam_step", "adam_count")
            .operands(step, rate, correction)
            .floats((float) Math.log(op.beta1()), (float) Math.log(op.beta2()))
            .range(1),
        session
            .kernel("adam_step")
            .operands(in.subList(0, 4))
            .operands(rate, correction)
            .ints(n)
            .floats(
                (float) (1 - op.beta1()),
                (float) op.beta2(),
                (float) (1 - op.beta2()),
                (float) op.epsilon(),
                (float) op.weightDecay())
            .ints(op.decoupled() ? 1 : 0)
            .range(n));
  }

  /** Operands are p, g, velocity, rate. */
  public DeviceKernel sgd(SgdStep op, List<Operand> in) {
    int n = in.get(0).shape().elements();
    return session
        .kernel("sgd_step")
        .operands(in)
        .ints(n)
        .floats((float) op.momentum())
        .ints(op.nesterov() ? 1 : 0)
        .floats((float) op.weightDecay())
        .range(n);
  }

  public DeviceKernel clipGradientNorm(ClipGradientNorm op, Operand g) {
    Operand squares = session.scratch(2);
    int n = g.shape().elements();
    return DeviceKernel.sequence(
        reduce.sumOfSquares(g, squares),
        session
            .kernel("clip_gradient_norm", "clip")
            .operands(g, squares)
            .ints(n)
            .floats((float) op.max(), (float) ClipGradientNorm.EPSILON)
            .range(n));
  }
}
