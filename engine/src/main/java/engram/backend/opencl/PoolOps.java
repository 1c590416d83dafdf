package engram.backend.opencl;

import engram.backend.Operand;
import engram.tensor.Shape;
import java.util.List;

/** Maximum pooling: {@code max_pool2d.cl}. */
final class PoolOps {
  private final Session session;

  PoolOps(Session session) {
    this.session = session;
  }

  DeviceKernel maxPool2d(int kernel, int stride, Operand x, List<Operand> out) {
    LaunchBuilder launch = session.kernel("max_pool2d", "max_pool2d").operand(x).operands(out);
    return shaped(launch, out.get(0), x.shape(), out.get(0).shape(), kernel, stride);
  }

  DeviceKernel maxPool2dGradient(int kernel, int stride, List<Operand> in, Operand dx) {
    LaunchBuilder launch =
        session.kernel("max_pool2d", "max_pool2d_gradient").operands(in).operand(dx);
    return shaped(launch, dx, dx.shape(), in.get(1).shape(), kernel, stride);
  }

  private static DeviceKernel shaped(
      LaunchBuilder launch, Operand result, Shape x, Shape y, int kernel, int stride) {
    int n = result.shape().elements();
    return launch
        .number(n)
        .number(x.dim(1))
        .number(x.dim(2))
        .number(x.dim(3))
        .number(y.dim(1))
        .number(y.dim(2))
        .number(kernel)
        .number(stride)
        .range(n);
  }
}
