package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.Session;
import engram.op.Activation;
import engram.op.BatchNorm;
import engram.op.BatchNormInference;
import engram.op.FusedBatchNorm;
import engram.op.LeakyRelu;
import java.util.List;
import java.util.Map;

/** Batch normalisation: {@code batch_norm.cl}, fused {@code fused_batch_norm.cl}. */
public record BatchNormOps(Session session) {
  private static final String FILE = "batch_norm";
  private static final String FUSED = "fused_batch_norm";

  /** Operands are x, gamma, beta, running mean, running variance; results y, mean, inverse. */
  public DeviceKernel training(BatchNorm op, List<Operand> in, List<Operand> out) {
    return DeviceKernel.sequence(
        statistics(op, in, out), normalize(in, out.get(1), out.get(2), out.get(0)));
  }

  /** The same operands and the residual, if there is one. */
  public DeviceKernel training(FusedBatchNorm op, List<Operand> in, List<Operand> out) {
    int channels = in.getFirst().shape().dim(-1);
    int n = in.getFirst().shape().rows() * vectors(channels);
    DeviceKernel activate =
        fused("normalize_activate", channels, op.activation(), op.residual())
            .operands(in.subList(0, 3))
            .operands(op.residual() ? in.get(5) : in.getFirst())
            .operands(out.get(1), out.get(2), out.getFirst())
            .ints(n, channels)
            .floats(op.activation().slope())
            .range(n);
    return DeviceKernel.sequence(statistics(op.norm(), in, out), activate);
  }

  private LaunchBuilder fused(
      String function, int channels, Activation activation, boolean residual) {
    return session.kernel(
        FUSED,
        function,
        Map.of(
            "V",
            session.lanes(channels),
            "LEAKY",
            activation instanceof LeakyRelu ? 1 : 0,
            "RESIDUAL",
            residual ? 1 : 0));
  }

  private DeviceKernel statistics(BatchNorm op, List<Operand> in, List<Operand> out) {
    Operand x = in.get(0);
    Operand mean = out.get(1);
    Operand inverse = out.get(2);
    int rows = x.shape().rows();
    int channels = x.shape().dim(-1);
    ReduceOps.Cut cut = ReduceOps.Cut.of(channels, rows);
    Operand partial = session.scratch(2 * channels * cut.chunks());
    return DeviceKernel.sequence(
        chunks(kernel("sum_values", channels).operands(x), partial, rows, channels, cut),
        kernel("mean_of_chunks", channels)
            .operands(partial, mean)
            .ints(rows, channels, cut.chunks())
            .range(channels),
        chunks(kernel("sum_deviations", channels).operands(x, mean), partial, rows, channels, cut),
        kernel("statistics", channels)
            .operands(partial, mean, inverse, in.get(3), in.get(4))
            .ints(rows, channels, cut.chunks())
            .floats(op.momentum(), op.eps())
            .range(channels));
  }

  private LaunchBuilder kernel(String function, int channels) {
    return session.kernel(FILE, function, Map.of("V", session.lanes(channels)));
  }

  /** Vectors of a row. */
  private int vectors(int channels) {
    return Math.ceilDiv(channels, session.lanes(channels));
  }

  private DeviceKernel chunks(
      LaunchBuilder launch, Operand partial, int rows, int channels, ReduceOps.Cut cut) {
    int group = Math.min(session.rowGroup(session.lanes(channels)), vectors(channels));
    return launch
        .operands(partial)
        .ints(rows, channels, cut.chunk())
        .range(vectors(channels), cut.chunks(), group, 1);
  }

  private DeviceKernel normalize(List<Operand> in, Operand mean, Operand inverse, Operand y) {
    int channels = y.shape().dim(-1);
    int n = y.shape().rows() * vectors(channels);
    return kernel("normalize_rows", channels)
        .operands(in.subList(0, 3))
        .operands(mean, inverse, y)
        .ints(n, channels)
        .range(n);
  }

  /** Operands are x, gamma, beta, mean, variance; results y, inverse. */
  public DeviceKernel inference(BatchNormInference op, List<Operand> in, List<Operand> out) {
    int channels = in.get(4).shape().elements();
    return DeviceKernel.sequence(
        kernel("inverse_deviation", channels)
            .operands(in.get(4), out.get(1))
            .ints(channels)
            .floats(op.eps())
            .range(channels),
        normalize(in, in.get(3), out.get(1), out.get(0)));
  }

  /** Operands are x, dy, mean, inverse; the result is dgamma, then dbeta. */
  public DeviceKernel parameterGradient(List<Operand> in, Operand both) {
    int rows = in.get(0).shape().rows();
    int channels = in.get(0).shape().dim(-1);
    ReduceOps.Cut cut = ReduceOps.Cut.of(channels, rows);
    Operand partial = session.scratch(2 * channels * cut.chunks());
    return DeviceKernel.sequence(
        chunks(kernel("sum_gradients", channels).operands(in), partial, rows, channels, cut),
        addChunks(partial, both, cut));
  }

  private DeviceKernel addChunks(Operand partial, Operand both, ReduceOps.Cut cut) {
    int sums = both.shape().elements();
    return session
        .kernel("reduce", "add_chunks")
        .operands(partial, both)
        .ints(sums, cut.chunks())
        .floats(1f)
        .range(sums);
  }

  /** Operands are x, dy, gamma, beta, mean, inverse; the result is dgamma, then dbeta. */
  public DeviceKernel parameterGradient(Activation activation, List<Operand> in, Operand both) {
    int rows = in.getFirst().shape().rows();
    int channels = in.getFirst().shape().dim(-1);
    ReduceOps.Cut cut = ReduceOps.Cut.of(channels, rows);
    Operand partial = session.scratch(2 * channels * cut.chunks());
    int group = Math.min(session.rowGroup(session.lanes(channels)), vectors(channels));
    return DeviceKernel.sequence(
        fused("sum_activated_gradients", channels, activation, false)
            .operands(in)
            .operands(partial)
            .ints(rows, channels, cut.chunk())
            .floats(activation.slope())
            .range(vectors(channels), cut.chunks(), group, 1),
        addChunks(partial, both, cut));
  }

  /** Operands are x, dy, gamma, beta, mean, inverse, both parameter gradients. */
  public DeviceKernel inputGradient(Activation activation, List<Operand> in, Operand dx) {
    int channels = dx.shape().dim(-1);
    int n = dx.shape().rows() * vectors(channels);
    return fused("activated_input_gradient", channels, activation, false)
        .operands(in)
        .operands(dx)
        .ints(n, channels, dx.shape().rows())
        .floats(activation.slope())
        .range(n);
  }

  /** Operands are x, dy, gamma, mean, inverse, both parameter gradients. */
  public DeviceKernel inputGradient(List<Operand> in, Operand dx) {
    int channels = dx.shape().dim(-1);
    int n = dx.shape().rows() * vectors(channels);
    return kernel("input_gradient", channels)
        .operands(in)
        .operands(dx)
        .ints(n, channels, dx.shape().rows())
        .range(n);
  }
}
