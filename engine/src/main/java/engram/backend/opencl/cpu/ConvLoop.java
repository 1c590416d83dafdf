package engram.backend.opencl.cpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.Epilogue;

/** The main loop of a convolution over images with a halo. */
sealed interface ConvLoop permits DirectLoop, WinogradLoop {
  /**
   * What is summed up.
   *
   * @param height rows of the result, before pooling
   * @param width columns of the result, before pooling
   * @param in channels of the images
   * @param out channels of the result
   */
  record Sizes(
      int images,
      int height,
      int width,
      int in,
      int out,
      int kernelHeight,
      int kernelWidth,
      int stride) {}

  /** The way that is faster on a device. */
  static ConvLoop of(Session session, Tiles tiles, Sizes sizes, Epilogue epilogue) {
    return WinogradLoop.fits(session, tiles, sizes)
        ? new WinogradLoop(session, tiles, sizes, epilogue)
        : new DirectLoop(session, tiles, sizes, epilogue);
  }

  /** The halo that it needs, with the first pixel at ({@code top}, {@code left}). */
  Halo halo(int top, int left, int dilation);

  /**
   * @param w weight of the convolution, [KH, KW, C, O], or [KH, KW, O, C] where it is {@code
   *     turned}
   * @param turned whether this is the convolution that takes output gradients to input gradients:
   *     its weight is w turned by 180 degrees, channels exchanged
   */
  DeviceKernel launch(Operand padded, Operand w, boolean turned);
}
