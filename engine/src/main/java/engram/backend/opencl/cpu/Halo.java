package engram.backend.opencl.cpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.Session;
import engram.tensor.Shape;
import java.util.Map;

/**
 * Images in scratch memory with a halo of zeros: {@code conv2d_prepare.cl}.
 *
 * @param height rows with the halo
 * @param width columns with the halo
 * @param channels channels, padded with zeros
 * @param top row of the first pixel; negative where the halo cuts pixels off
 * @param left column of the first pixel
 * @param dilation distance between neighbouring pixels
 */
record Halo(int images, int height, int width, int channels, int top, int left, int dilation) {
  /** Elements behind the last pixel that a tile may read: it uses them for nothing. */
  private static final int SLACK = 4096;

  Operand allocate(Session session) {
    int pixels = images * height * width;
    int slack = Math.max(SLACK, 16 * width * channels);
    return session.scratch(Math.addExact(Math.multiplyExact(pixels, channels), slack));
  }

  /** Copies images x [N, H, W, C]. */
  DeviceKernel copy(Session session, Operand x, Operand padded) {
    LaunchBuilder launch = session.kernel("conv2d_prepare", "halo", constants(x.shape(), 1));
    return fill(launch.operands(x), padded);
  }

  /** Copies the gradients d [N, OH, OW, C] behind a 2 x 2 pooling to the pixels of the maxima. */
  DeviceKernel unpool(Session session, Operand d, Operand indices, Operand padded) {
    LaunchBuilder launch = session.kernel("conv2d_prepare", "unpool", constants(d.shape(), 2));
    return fill(launch.operands(d, indices), padded);
  }

  private DeviceKernel fill(LaunchBuilder launch, Operand padded) {
    int pixels = images * height * width;
    return launch.operands(padded).ints(pixels).range(pixels);
  }

  private Map<String, Integer> constants(Shape source, int pool) {
    return Map.of(
        "H", pool * source.dim(1),
        "W", pool * source.dim(2),
        "C", source.dim(3),
        "PH", height,
        "PW", width,
        "PC", channels,
        "TOP", top,
        "LEFT", left,
        "DILATION", dilation);
  }
}
