package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.Session;
import java.util.List;

/**
 * Ops that treat each row alone: {@code softmax.cl}, {@code log_softmax.cl}, {@code
 * l2_normalize.cl}.
 */
public record RowOps(Session session) {
  /** Rows of a work-group on a processor: a row is much work, and there are few. */
  private static final int FEW = 8;

  /** Softmax, its logarithm or one of their gradients. */
  public DeviceKernel softmax(String file, String function, List<Operand> operands) {
    return rows(session.kernel(file, function).operands(operands), operands.getFirst());
  }

  private DeviceKernel rows(LaunchBuilder launch, Operand x) {
    int rows = x.shape().rows();
    return launch.ints(rows, x.shape().dim(-1)).range(rows, 1, group(session, rows), 1);
  }

  public DeviceKernel l2Normalize(String function, float eps, List<Operand> operands) {
    int rows = operands.getFirst().shape().rows();
    return session
        .kernel("l2_normalize", function)
        .operands(operands)
        .ints(rows, operands.getFirst().shape().dim(-1))
        .floats(eps)
        .range(rows, 1, group(session, rows), 1);
  }

  /** Rows of a work-group; a GPU leaves lanes idle in groups smaller than its warps. */
  static int group(Session session, int rows) {
    return Math.min(session.isCpu() ? FEW : OpenClDevice.SMALLEST_GROUP, rows);
  }
}
