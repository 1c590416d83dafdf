package engram.backend.vector.conv;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;
import java.util.Arrays;

/**
 * Forward convolution: {@code y[n, i, j, o] = sum over ky, kx, c of x[n, i s + ky - p, j s + kx -
 * p, c] * w[ky, kx, c, o]}, then the {@link Epilogue}.
 *
 * <p>Padding is zeros that take part in the sum: an infinite weight over padding gives NaN.
 */
public final class Conv2dForward implements Kernel {
  private final ConvShape shape;
  private final HostBuffer w;
  private final PatchStore store;
  private final ConvolutionSum sum;
  private final Workers workers;
  private final Workers.Task pack = this::packTap;

  /**
   * Binds a convolution.
   *
   * @param x {@code [n, h, w, c]}
   * @param w {@code [kh, kw, c, o]}
   * @param y {@code [n, outH, outW, o]}, or {@code [n, outH / 2, outW / 2, o]} when the epilogue
   *     pools; overwritten
   */
  public Conv2dForward(
      ConvShape shape,
      HostBuffer x,
      HostBuffer w,
      Epilogue epilogue,
      HostBuffer y,
      Workers workers) {
    this.shape = shape;
    this.w = w.require("convolution weight", shape.weightLength());
    this.workers = workers;
    boolean pools = epilogue.poolIndex().isPresent();
    long outputs =
        pools
            ? (long) shape.n() * (shape.outH() / 2) * (shape.outW() / 2) * shape.o()
            : shape.yLength();
    x.require("convolution input", shape.xLength());
    y.require("convolution output", outputs);
    epilogue.bias().ifPresent(b -> b.require("convolution bias", shape.o()));
    epilogue.poolIndex().ifPresent(i -> i.require("pooling index", outputs));
    store = new PatchStore(y, epilogue, shape.o(), shape.outH(), shape.outW());
    int p = shape.padding();
    int width = (shape.outW() - 1) * shape.stride() + shape.kw();
    sum =
        ConvolutionSum.of(
            new PlainSource(x, new PaddedImage(shape.h(), shape.w(), shape.c(), p, p, 1, width)),
            new ConvolutionSum.Geometry(
                shape.n(),
                shape.kh(),
                shape.kw(),
                shape.stride(),
                shape.o(),
                shape.outH(),
                shape.outW()),
            store,
            pools ? 2 : 1,
            workers);
  }

  @Override
  public void run() {
    store.prepare();
    workers.run(shape.kh() * shape.kw(), pack);
    sum.run();
  }

  /** Copies the weights of one patch pixel into blocks of output channels, padded with zeros. */
  private void packTap(int tap, int worker) {
    int rows = shape.kh() * shape.kw() * shape.c();
    int block = sum.blockChannels();
    int packedRow = sum.packedRow(tap / shape.kw(), tap % shape.kw());
    float[] packed = workers.scratch().array();
    for (int b = 0; b < sum.blocks(); b++) {
      int channels = Math.min(block, shape.o() - b * block);
      for (int c = 0; c < shape.c(); c++) {
        int from = w.offset() + (tap * shape.c() + c) * shape.o() + b * block;
        int to = sum.packedAt() + (b * rows + packedRow + c) * block;
        System.arraycopy(w.data(), from, packed, to, channels);
        Arrays.fill(packed, to + channels, to + block, 0);
      }
    }
  }
}
