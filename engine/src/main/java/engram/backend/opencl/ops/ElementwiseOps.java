package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.Session;
import engram.op.Affine;
import engram.op.Dropout;
import engram.op.Elementwise;
import engram.op.Unary;

/**
 * Ops that treat each element alone: {@code elementwise.cl}, {@code unary.cl}, {@code relu.cl} ...
 */
public record ElementwiseOps(Session session) {

  /** y = x; n elements. */
  public DeviceKernel copy(Operand x, Operand y) {
    int n = y.shape().elements();
    return session.kernel("copy").operands(x, y).ints(n).range(n);
  }

  public DeviceKernel arithmetic(Elementwise.Kind kind, Operand a, Operand b, Operand y) {
    String function =
        switch (kind) {
          case ADD -> "add";
          case SUBTRACT -> "subtract";
          case MULTIPLY -> "multiply";
          case DIVIDE -> "divide";
        };
    return elements(y, session.kernel("elementwise", function).operands(a, b));
  }

  public DeviceKernel unary(Unary.Kind kind, Operand x, Operand y) {
    String function =
        switch (kind) {
          case EXP -> "exp_of";
          case LOG -> "log_of";
          case SQRT -> "sqrt_of";
        };
    return elements(y, session.kernel("unary", function).operands(x));
  }

  public DeviceKernel relu(Operand x, Operand y) {
    return elements(y, session.kernel("relu").operands(x));
  }

  public DeviceKernel reluGradient(Operand y, Operand dy, Operand dx) {
    return elements(dx, session.kernel("relu", "relu_gradient").operands(y, dy));
  }

  public DeviceKernel affine(Affine op, Operand x, Operand y) {
    return elements(y, session.kernel("affine").operands(x), op.scale(), op.shift());
  }

  public DeviceKernel leakyRelu(float slope, Operand x, Operand y) {
    return elements(y, session.kernel("leaky_relu").operands(x), slope);
  }

  public DeviceKernel leakyReluGradient(float slope, Operand y, Operand dy, Operand dx) {
    LaunchBuilder launch = session.kernel("leaky_relu", "leaky_relu_gradient");
    return elements(dx, launch.operands(y, dy), slope);
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

  /** A work-item for each element of y, the last operand; {@code numbers} follow how many. */
  private static DeviceKernel elements(Operand y, LaunchBuilder launch, float... numbers) {
    int n = y.shape().elements();
    launch.operands(y).ints(n);
    for (float number : numbers) {
      launch.floats(number);
    }
    return launch.range(n);
  }
}
