package engram.backend.vector.conv;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;

/**
 * Forward convolution: {@code y[n, i, j, o] = sum over ky, kx, c of x[n, i s + ky - p, j s + kx -
 * p, c] * w[ky, kx, c, o]}, then the {@link Epilogue}.
 *
 * <p>Padding is zeros that take part in the sum: an infinite weight over padding gives NaN.
 */
public final class Conv2dForward implements Kernel {
  private final ConvolutionSum sum;

  /**
   * Binds a convolution.
   *
   * @param x {@code [n, h, w, c]}
   * @param w {@code [kh, kw, c, o]}
   * @param y {@code [n, outH, outW, o]}, or {@code [n, outH / 2, outW / 2, o]} when the epilogue
   *     pools; overwritten
   */
  public Conv2dForward(
      ConvAlgorithm algorithm,
      ConvShape shape,
      HostBuffer x,
      HostBuffer w,
      Epilogue epilogue,
      HostBuffer y,
      Workers workers) {
    w.require("convolution weight", shape.weightLength());
    boolean pools = epilogue.poolIndex().isPresent();
    long outputs =
        pools
            ? (long) shape.n() * (shape.outH() / 2) * (shape.outW() / 2) * shape.o()
            : shape.yLength();
    x.require("convolution input", shape.xLength());
    y.require("convolution output", outputs);
    epilogue.bias().ifPresent(b -> b.require("convolution bias", shape.o()));
    epilogue.residual().ifPresent(r -> r.require("residual", outputs));
    epilogue.poolIndex().ifPresent(i -> i.require("pooling index", outputs));
    SumStore store = new PatchStore(y, epilogue, shape.o(), shape.outH(), shape.outW());
    int p = shape.padding();
    int width = (shape.outW() - 1) * shape.stride() + shape.kw();
    PlainSource source =
        new PlainSource(x, new PaddedImage(shape.h(), shape.w(), shape.c(), p, p, width));
    ConvolutionSum.Geometry at =
        new ConvolutionSum.Geometry(
            shape.n(),
            shape.kh(),
            shape.kw(),
            shape.stride(),
            shape.o(),
            shape.outH(),
            shape.outW());
    PatchWeights weights = PatchWeights.of(shape, w);
    int rowStep = pools ? 2 : 1;
    sum =
        switch (algorithm) {
          case WINOGRAD -> new WinogradSum(source, at, weights, store, workers);
          case STRIPS -> {
            HaloSource strips = new StripSource(x, source.layout(), shape.kh());
            ConvolutionSum.Geometry rows =
                new ConvolutionSum.Geometry(
                    shape.n(), 1, shape.kw(), 1, shape.o(), shape.outH(), shape.outW());
            yield new PatchSum(strips, rows, weights, store, rowStep, 0, workers);
          }
          default -> new PatchSum(source, at, weights, store, rowStep, 0, workers);
        };
  }

  @Override
  public void run() {
    sum.run();
  }
}
