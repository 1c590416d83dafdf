package engram.backend.opencl;

import engram.backend.Operand;
import engram.op.BatchNorm;
import engram.op.BatchNormInference;
import java.util.List;

/** Batch normalisation: {@code batch_norm.cl}. */
final class BatchNormOps {
  private static final String FILE = "batch_norm";

  private final Session session;

  BatchNormOps(Session session) {
    this.session = session;
  }

  /** Operands are x, gamma, beta, running mean, running variance; results y, mean, inverse. */
  DeviceKernel training(BatchNorm op, List<Operand> in, List<Operand> out) {
    Operand x = in.get(0);
    Operand mean = out.get(1);
    Operand inverse = out.get(2);
    int rows = x.shape().rows();
    int channels = x.shape().dim(-1);
    ReduceOps.Cut cut = ReduceOps.Cut.of(channels, rows);
    OpenClBuffer partial = session.allocate(2 * channels * cut.chunks());
    return DeviceKernel.sequence(
        chunks(session.kernel(FILE, "sum_values").operand(x), partial, rows, channels, cut),
        session
            .kernel(FILE, "mean_of_chunks")
            .operand(partial)
            .operand(mean)
            .number(rows)
            .number(channels)
            .number(cut.chunks())
            .range(channels),
        chunks(
            session.kernel(FILE, "sum_deviations").operand(x).operand(mean),
            partial,
            rows,
            channels,
            cut),
        session
            .kernel(FILE, "statistics")
            .operand(partial)
            .operand(mean)
            .operand(inverse)
            .operand(in.get(3))
            .operand(in.get(4))
            .number(rows)
            .number(channels)
            .number(cut.chunks())
            .number(op.momentum())
            .number(op.eps())
            .range(channels),
        normalize(in, mean, inverse, out.get(0)));
  }

  private static DeviceKernel chunks(
      LaunchBuilder launch, OpenClBuffer partial, int rows, int channels, ReduceOps.Cut cut) {
    return launch
        .operand(partial)
        .number(rows)
        .number(channels)
        .number(cut.chunk())
        .range(channels, cut.chunks(), Math.min(64, channels), 1);
  }

  private DeviceKernel normalize(List<Operand> in, Operand mean, Operand inverse, Operand y) {
    int n = y.shape().elements();
    return session
        .kernel(FILE, "normalize_rows")
        .operands(in.subList(0, 3))
        .operand(mean)
        .operand(inverse)
        .operand(y)
        .number(n)
        .number(y.shape().dim(-1))
        .range(n);
  }

  /** Operands are x, gamma, beta, mean, variance; results y, inverse. */
  DeviceKernel inference(BatchNormInference op, List<Operand> in, List<Operand> out) {
    int channels = in.get(4).shape().elements();
    return DeviceKernel.sequence(
        session
            .kernel(FILE, "inverse_deviation")
            .operand(in.get(4))
            .operand(out.get(1))
            .number(channels)
            .number(op.eps())
            .range(channels),
        normalize(in, in.get(3), out.get(1), out.get(0)));
  }

  /** Operands are x, dy, mean, inverse; the result is dgamma, then dbeta. */
  DeviceKernel parameterGradient(List<Operand> in, Operand both) {
    int rows = in.get(0).shape().rows();
    int channels = in.get(0).shape().dim(-1);
    ReduceOps.Cut cut = ReduceOps.Cut.of(channels, rows);
    OpenClBuffer partial = session.allocate(2 * channels * cut.chunks());
    return DeviceKernel.sequence(
        chunks(session.kernel(FILE, "sum_gradients").operands(in), partial, rows, channels, cut),
        session
            .kernel("reduce", "add_chunks")
            .operand(partial)
            .operand(both)
            .number(2 * channels)
            .number(cut.chunks())
            .number(1f)
            .range(2 * channels));
  }

  /** Operands are x, dy, gamma, mean, inverse, both parameter gradients. */
  DeviceKernel inputGradient(List<Operand> in, Operand dx) {
    int n = dx.shape().elements();
    return session
        .kernel(FILE, "input_gradient")
        .operands(in)
        .operand(dx)
        .number(n)
        .number(dx.shape().dim(-1))
        .number(dx.shape().rows())
        .range(n);
  }
}
