package engram.backend.opencl.cpu;

import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.Session;
import engram.tensor.Shape;
import java.util.Map;

/**
 * Images in scratch memory with a frame of zeros: {@code conv2d_prepare.cl}.
 *
 * @param height rows with the frame
 * @param width columns with the frame
 * @param channels channels, padded with zeros
 * @param top row of the first pixel; negative where the frame cuts pixels off
 * @param left column of the first pixel
 * @param dilation distance between neighbouring pixels
 */
record Halo(int images, int height, int width, int channels, int top, int left, int dilation) {
  /** Elements behind the last pixel that a tile may read: it uses them for nothing. */
  private static final int SLACK = 4096;

  OpenClBuffer allocate(Session session) {
    int pixels = images * height * width;
    int slack = Math.max(SLACK, 16 * width * channels);
    return session.allocate(Math.addExact(Math.multiplyExact(pixels, channels), slack));
  }

  /** Copies images x [N, H, W, C]. */
  DeviceKernel copy(Session session, OpenClBuffer x, Shape shape, OpenClBuffer framed) {
    return session
        .kernel("conv2d_prepare", "halo", constants(shape.dim(1), shape.dim(2), shape.dim(3)))
        .operand(x)
        .operand(framed)
        .number(images * height * width)
        .range(images * height * width);
  }

  /** Copies the gradients d [N, OH, OW, C] behind a 2 x 2 pooling to the pixels that won. */
  DeviceKernel unpool(
      Session session, OpenClBuffer d, OpenClBuffer indices, Shape shape, OpenClBuffer framed) {
    return session
        .kernel(
            "conv2d_prepare", "unpool", constants(2 * shape.dim(1), 2 * shape.dim(2), shape.dim(3)))
        .operand(d)
        .operand(indices)
        .operand(framed)
        .number(images * height * width)
        .range(images * height * width);
  }

  private Map<String, Integer> constants(int h, int w, int c) {
    return Map.of(
        "H",
        h,
        "W",
        w,
        "C",
        c,
        "PH",
        height,
        "PW",
        width,
        "PC",
        channels,
        "TOP",
        top,
        "LEFT",
        left,
        "DILATION",
        dilation);
  }
}
