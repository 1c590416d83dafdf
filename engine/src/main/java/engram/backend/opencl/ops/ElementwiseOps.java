package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.Session;
import engram.op.Affine;
import engram.op.Dropout;
import engram.op.Elementwise;
import engram.op.Unary;

/**
 * Ops that treat each element alone: {@code elementwise.cl}, {@code unary.cl}, {@code relu.cl} ...
 */
public final class ElementwiseOps {
  private final Session session;

  public ElementwiseOps(Session session) {
    this.session = session;
  }

  public DeviceKernel copy(OpenClBuffer from, OpenClBuffer to) {
    return session
        .kernel("copy")
        .operand(from)
        .operand(to)
        .number(to.elements())
        .range(to.elements());
  }

  public DeviceKernel arithmetic(Elementwise.Kind kind, Operand a, Operand b, Operand y) {
    String function =
        switch (kind) {
          case ADD -> "add";
          case SUBTRACT -> "subtract";
          case MULTIPLY -> "multiply";
          case DIVIDE -> "divide";
        };
    return two("elementwise", function, a, b, y);
  }

  public DeviceKernel unary(Unary.Kind kind, Operand x, Operand y) {
    String function =
        switch (kind) {
          case EXP -> "exp_of";
          case LOG -> "log_of";
          case SQRT -> "sqrt_of";
        };
    return one("unary", function, x, y);
  }

  public DeviceKernel relu(Operand x, Operand y) {
    return one("relu", "relu", x, y);
  }

  public DeviceKernel reluGradient(Operand y, Operand dy, Operand dx) {
    return two("relu", "relu_gradient", y, dy, dx);
  }

  public DeviceKernel affine(Affine op, Operand x, Operand y) {
    int n = x.shape().elements();
    return session
        .kernel("affine")
        .operand(x)
        .operand(y)
        .number(n)
        .number(op.scale())
        .number(op.shift())
        .range(n);
  }

  public DeviceKernel leakyRelu(float slope, Operand x, Operand y) {
    int n = x.shape().elements();
    return session.kernel("leaky_relu").operand(x).operand(y).number(n).number(slope).range(n);
  }

  public DeviceKernel leakyReluGradient(float slope, Operand y, Operand dy, Operand dx) {
    int n = y.shape().elements();
    return session
        .kernel("leaky_relu", "leaky_relu_gradient")
        .operand(y)
        .operand(dy)
        .operand(dx)
        .number(n)
        .number(slope)
        .range(n);
  }

  public DeviceKernel dropout(Dropout op, Operand x, Operand step, Operand y) {
    int n = x.shape().elements();
    return session
        .kernel("dropout")
        .operand(x)
        .operand(step)
        .operand(y)
        .number(n)
        .number(op.random().key())
        .number(op.threshold())
        .number(op.scale())
        .range(n);
  }

  public DeviceKernel constantOne(Operand y) {
    return session.kernel("one").operand(y).range(1);
  }

  private DeviceKernel one(String file, String function, Operand x, Operand y) {
    int n = x.shape().elements();
    return session.kernel(file, function).operand(x).operand(y).number(n).range(n);
  }

  private DeviceKernel two(String file, String function, Operand a, Operand b, Operand y) {
    int n = a.shape().elements();
    return session.kernel(file, function).operand(a).operand(b).operand(y).number(n).range(n);
  }
}
