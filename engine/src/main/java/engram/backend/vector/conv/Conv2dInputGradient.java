package engram.backend.vector.conv;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;

/**
 * Gradient of a convolution with respect to its input: {@code dx[n, i, j, c] = sum over ky, kx, o
 * of dy[n, (i + p - ky) / s, (j + p - kx) / s, o] * w[ky, kx, c, o]} over whole quotients.
 *
 * <p>It is itself a convolution with stride 1: of dy, spread out by the stride and padded, with the
 * weights turned by 180 degrees and transposed.
 */
public final class Conv2dInputGradient implements Kernel {
  private final ConvShape shape;
  private final HostBuffer w;
  private final ConvolutionSum sum;
  private final Workers workers;
  private final Workers.Task pack = this::packTap;

  /**
   * Binds a gradient.
   *
   * @param dy {@code [n, outH, outW, o]}
   * @param w {@code [kh, kw, c, o]}
   * @param dx {@code [n, h, w, c]}, overwritten
   */
  public Conv2dInputGradient(
      ConvShape shape, HostBuffer dy, HostBuffer w, HostBuffer dx, Workers workers) {
    this(
        shape,
        new PlainSource(
            dy.require("gradient of the convolution's output", shape.yLength()), layout(shape)),
        w,
        dx,
        workers);
  }

  private Conv2dInputGradient(
      ConvShape shape, HaloSource source, HostBuffer w, HostBuffer dx, Workers workers) {
    this.shape = shape;
    this.w = w.require("convolution weight", shape.weightLength());
    this.workers = workers;
    dx.require("gradient of the convolution's input", shape.xLength());
    sum =
        ConvolutionSum.of(
            source,
            new ConvolutionSum.Geometry(
                shape.n(), shape.kh(), shape.kw(), 1, shape.c(), shape.h(), shape.w()),
            new PatchStore(dx, Epilogue.NONE, shape.c(), shape.h(), shape.w()),
            1,
            workers);
  }

  /**
   * Binds a gradient where 2 x 2 maximum pooling follows the convolution.
   *
   * @param dy gradient of the pooled output before the bias, {@code [n, outH / 2, outW / 2, o]}
   * @param index argmax of each window, 0 to 3 row by row, in the shape of dy
   * @param w {@code [kh, kw, c, o]}
   * @param dx {@code [n, h, w, c]}, overwritten
   */
  public static Conv2dInputGradient pooled(
      ConvShape shape,
      HostBuffer dy,
      HostBuffer index,
      HostBuffer w,
      HostBuffer dx,
      Workers workers) {
    int rows = shape.outH() / 2;
    int columns = shape.outW() / 2;
    long pooled = (long) shape.n() * rows * columns * shape.o();
    dy.require("gradient of the pooled output", pooled);
    index.require("pooling index", pooled);
    HaloSource source = new PooledSource(dy, index, rows, columns, layout(shape));
    return new Conv2dInputGradient(shape, source, w, dx, workers);
  }

  /** dy with its pixels {@code stride} apart, so that a patch of it is a patch of stride 1. */
  private static PaddedImage layout(ConvShape shape) {
    return new PaddedImage(
        shape.outH(),
        shape.outW(),
        shape.o(),
        shape.kh() - 1 - shape.padding(),
        shape.kw() - 1 - shape.padding(),
        shape.stride(),
        shape.w() + shape.kw() - 1);
  }

  @Override
  public void run() {
    workers.run(shape.kh() * shape.kw(), pack);
    sum.run();
  }

  /** Transposes {@code w[tap] [c, o]} into blocks {@code [o, block of c]} of the opposite tap. */
  private void packTap(int tap, int worker) {
    int taps = shape.kh() * shape.kw();
    int block = sum.blockChannels();
    float[] weight = w.data();
    float[] packed = workers.scratch().array();
    int from = w.offset() + tap * shape.c() * shape.o();
    int opposite = taps - 1 - tap;
    int packedRow = sum.packedRow(opposite / shape.kw(), opposite % shape.kw());
    for (int b = 0; b < sum.blocks(); b++) {
      int to = sum.packedAt() + (b * taps * shape.o() + packedRow) * block;
      for (int c = 0; c < block; c++) {
        int channel = b * block + c;
        for (int o = 0; o < shape.o(); o++) {
          packed[to + o * block + c] =
              channel < shape.c() ? weight[from + channel * shape.o() + o] : 0;
        }
      }
    }
  }
}
