package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.Session;
import engram.tensor.Shape;
import java.util.List;
import java.util.Map;

/** Maximum pooling: {@code max_pool2d.cl}. */
public record PoolOps(Session session) {
  private static final String FILE = "max_pool2d";

  public DeviceKernel maxPool2d(int kernel, int stride, Operand x, List<Operand> out) {
    int lanes = session.lanes(x.shape().dim(3));
    LaunchBuilder launch = session.kernel(FILE, FILE, Map.of("V", lanes)).operands(x).operands(out);
    return shaped(launch, lanes, out.get(0), x.shape(), out.get(0).shape(), kernel, stride);
  }

  public DeviceKernel maxPool2dGradient(int kernel, int stride, List<Operand> in, Operand dx) {
    int lanes = session.lanes(dx.shape().dim(3));
    LaunchBuilder launch =
        session.kernel(FILE, "max_pool2d_gradient", Map.of("V", lanes)).operands(in).operands(dx);
    return shaped(launch, lanes, dx, dx.shape(), in.get(1).shape(), kernel, stride);
  }

  private static DeviceKernel shaped(
      LaunchBuilder launch, int lanes, Operand result, Shape x, Shape y, int kernel, int stride) {
    int n = result.shape().rows() * Math.ceilDiv(x.dim(3), lanes);
    return launch
        .ints(n, x.dim(1), x.dim(2), x.dim(3), y.dim(1), y.dim(2), kernel, stride)
        .range(n);
  }
}
