package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.Session;
import engram.op.Dropout;
import engram.op.Elementwise;
import engram.op.Unary;
import java.util.List;
import java.util.Locale;

/**
 * Ops that treat each element alone: {@code elementwise.cl}, {@code unary.cl}, {@code relu.cl} ...
 */
public record ElementwiseOps(Session session) {

  /** A work-item for each element of y; {@code numbers} follow how many there are. */
  public DeviceKernel map(
      String file, String function, List<Operand> in, Operand y, float... numbers) {
    int n = y.shape().elements();
    return session.kernel(file, function).operands(in).operands(y).ints(n).floats(numbers).range(n);
  }

  /** The same where a file has one kernel, of its own name. */
  public DeviceKernel map(String function, List<Operand> in, Operand y, float... numbers) {
    return map(function, function, in, y, numbers);
  }

  /** y = x. */
  public DeviceKernel copy(Operand x, Operand y) {
    return map("copy", List.of(x), y);
  }

  public DeviceKernel arithmetic(Elementwise.Kind kind, List<Operand> in, Operand y) {
    return map("elementwise", kind.name().toLowerCase(Locale.ROOT), in, y);
  }

  public DeviceKernel unary(Unary.Kind kind, List<Operand> in, Operand y) {
    return map("unary", kind.name().toLowerCase(Locale.ROOT) + "_of", in, y);
  }

  public DeviceKernel dropout(Dropout op, Operand x, Operand step, Operand y) {
    int n = x.shape().elements();
    return session
        .kernel("dropout")
        .operands(x, step, y)
        .ints(n)
        .longs(op.random().key())
        .ints(op.threshold())
        .floats(op.scale())
        .range(n);
  }

  public DeviceKernel constantOne(Operand y) {
    return session.kernel("one").operands(y).range(1);
  }
}
