package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.Session;
import engram.op.Expand;
import engram.op.Narrow;
import engram.op.Pad;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ops that move elements: {@code add_bias.cl}, {@code expand.cl} ... */
public record LayoutOps(Session session) {

  public DeviceKernel addBias(Operand x, Operand b, Operand y) {
    int columns = y.shape().dim(-1);
    int lanes = session.lanes(columns);
    int n = y.shape().rows() * Math.ceilDiv(columns, lanes);
    return session
        .kernel("add_bias", "add_bias", Map.of("V", lanes))
        .operands(x, b, y)
        .ints(n, columns)
        .range(n);
  }

  public DeviceKernel expand(Expand op, Operand x, Operand y) {
    Shape output = y.shape();
    int n = output.elements();
    return session
        .kernel("expand")
        .operands(x, y)
        .ints(n, n / output.outer(op.first()), output.inner(op.last()))
        .range(n);
  }

  public DeviceKernel concat(int axis, List<Operand> inputs, Operand y) {
    List<DeviceKernel> parts = new ArrayList<>();
    int stride = block(y.shape(), axis);
    int skip = 0;
    for (Operand x : inputs) {
      int block = block(x.shape(), axis);
      parts.add(move("concat", x, y, x.shape().elements(), block, stride, skip));
      skip += block;
    }
    return DeviceKernel.sequence(parts.toArray(DeviceKernel[]::new));
  }

  public DeviceKernel narrow(Narrow op, Operand x, Operand y) {
    int skip = op.start() * x.shape().inner(op.axis());
    int n = y.shape().elements();
    return move("narrow", x, y, n, block(y.shape(), op.axis()), block(x.shape(), op.axis()), skip);
  }

  public DeviceKernel pad(Pad op, Operand x, Operand y) {
    int skip = op.before() * x.shape().inner(op.axis());
    int n = y.shape().elements();
    return move("pad", x, y, n, block(x.shape(), op.axis()), block(y.shape(), op.axis()), skip);
  }

  private DeviceKernel move(
      String function, Operand x, Operand y, int n, int block, int stride, int skip) {
    return session.kernel(function).operands(x, y).ints(n, block, stride, skip).range(n);
  }

  private static int block(Shape shape, int axis) {
    return shape.dim(axis) * shape.inner(axis);
  }
}
