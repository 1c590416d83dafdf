package engram.backend.vector.conv;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gradient of a convolution with respect to its input: {@code dx[n, i, j, c] = sum over ky, kx, o
 * of dy[n, (i + p - ky) / s, (j + p - kx) / s, o] * w[ky, kx, c, o]} over whole quotients.
 *
 * <p>It is itself a convolution with stride 1: of dy, spread out by the stride and padded, with the
 * weights turned by 180 degrees and transposed.
 */
public final class Conv2dInputGradient implements Kernel {
  private final ConvolutionSum sum;

  /**
   * Binds a gradient.
   *
   * @param dy {@code [n, outH, outW, o]}
   * @param w {@code [kh, kw, c, o]}
   * @param dx {@code [n, h, w, c]}, overwritten
   */
  public Conv2dInputGradient(
      ConvAlgorithm algorithm,
      ConvShape shape,
      HostBuffer dy,
      HostBuffer w,
      HostBuffer dx,
      Workers workers) {
    dy.require("gradient of the convolution's output", shape.yLength());
    this(algorithm, shape, layout -> new PlainSource(dy, layout), w, dx, workers);
  }

  private Conv2dInputGradient(
      ConvAlgorithm algorithm,
      ConvShape shape,
      Function<PaddedImage, HaloSource> source,
      HostBuffer w,
      HostBuffer dx,
      Workers workers) {
    w.require("convolution weight", shape.weightLength());
    dx.require("gradient of the convolution's input", shape.xLength());
    List<PatchSum> phases = new ArrayList<>();
    int packedOffset = 0;
    int s = shape.stride();
    for (int i = 0; i < s * s; i++) {
      Phase row = Phase.of(i / s, shape.h(), shape.kh(), s, shape.padding());
      Phase column = Phase.of(i % s, shape.w(), shape.kw(), s, shape.padding());
      if (row.pixels() == 0 || column.pixels() == 0) {
        continue;
      }
      HaloSource halo =
          source.apply(
              new PaddedImage(
                  shape.outH(),
                  shape.outW(),
                  shape.o(),
                  row.halo(),
                  column.halo(),
                  column.width()));
      ConvolutionSum.Geometry at =
          new ConvolutionSum.Geometry(
              shape.n(), row.taps(), column.taps(), 1, shape.c(), row.pixels(), column.pixels());
      PatchWeights weights =
          new PatchWeights(
              w, shape, row.taps(), column.taps(), true, row.lastTap(), column.lastTap(), -s);
      SumStore store =
          s == 1
              ? new PatchStore(dx, Epilogue.NONE, shape.c(), shape.h(), shape.w())
              : new SpreadStore(dx, shape.h(), shape.w(), shape.c(), s, i / s, i % s);
      if (algorithm == ConvAlgorithm.WINOGRAD) {
        sum = new WinogradSum(halo, at, weights, store, workers);
        return;
      }
      PatchSum phase = new PatchSum(halo, at, weights, store, 1, packedOffset, workers);
      packedOffset += phase.packedLength();
      phases.add(phase);
    }
    sum = phases.size() == 1 ? phases.getFirst() : new PhaseSum(phases, workers);
  }

  /**
   * Binds a gradient where 2 x 2 maximum pooling follows the convolution.
   *
   * @param dy gradient of the pooled output before the bias, {@code [n, outH / 2, outW / 2, o]}
   * @param index argmax of each window, 0 to 3 row by row, in the shape of dy
   * @param w {@code [kh, kw, c, o]}
   * @param dx {@code [n, h, w, c]}, overwritten
   */
  public static Kernel pooled(
      ConvAlgorithm algorithm,
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
    if (algorithm == ConvAlgorithm.SCATTER) {
      return new ScatterInputGradient(shape, dy, index, w, dx, workers);
    }
    return new Conv2dInputGradient(
        algorithm,
        shape,
        layout -> new PooledSource(dy, index, rows, columns, layout),
        w,
        dx,
        workers);
  }

  @Override
  public void run() {
    sum.run();
  }
}
