package engram.backend.opencl.cpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.Parts;
import engram.backend.opencl.ops.WeightGradient;
import engram.tensor.Shape;
import java.util.Map;
import java.util.Optional;

/**
 * Weight gradients of convolutions: {@code conv2d_weight_gradient.cl} and, where a pooling comes
 * behind the convolution, {@code pooled_conv2d_weight_gradient.cl}. Sums are taken over blocks of
 * images, a matter of shape alone, and added in order.
 */
record WeightGradientOps(Session session, Tiles tiles) {
  /**
   * Images of a block: few, so that their pixels stay in a CPU's second-level cache while all tiles
   * pass over them, but not so few that writing and adding the parts costs more. Measured.
   */
  private static final int BLOCK = 8;

  /** Floats between pixels at which the pixels of one channel tile share few sets of a cache. */
  private static final int CONFLICT = 64;

  /** Leaves its results in {@code parts}. */
  DeviceKernel weightGradient(WeightGradient wanted, Parts parts) {
    Halo halo = halo(wanted);
    Operand padded = halo.allocate(session);
    DeviceKernel fill = halo.copy(session, wanted.x(), padded);
    DeviceKernel main =
        wanted
            .dy()
            .indices()
            .map(indices -> pooled(wanted, halo, padded, indices, parts))
            .orElseGet(() -> dense(wanted, halo, padded, parts));
    return DeviceKernel.sequence(fill, main);
  }

  private DeviceKernel dense(WeightGradient wanted, Halo halo, Operand padded, Parts parts) {
    Operand dy = wanted.dy().d();
    Operand dw = wanted.dw();
    Tiles.WeightGradient tile = tiles.weightGradient();
    int images = dy.shape().dim(0);
    int height = dy.shape().dim(1);
    int width = dy.shape().dim(2);
    int out = dy.shape().dim(3);
    int kernelHeight = dw.shape().dim(0);
    int run = dw.shape().dim(1) * halo.channels();
    int paddedRun = Math.ceilDiv(run, tile.elements()) * tile.elements();
    int lanes = tiles.vector() * tile.vectors();
    int paddedOut = Math.ceilDiv(out, lanes) * lanes;
    Operand gradient = dy;
    DeviceKernel widen = DeviceKernel.sequence();
    int row = paddedOut % CONFLICT == 0 && session.isCpu() ? paddedOut + lanes : paddedOut;
    if (row != out) {
      Halo wide = new Halo(images, height, width, row, 0, 0, 1);
      gradient = wide.allocate(session);
      widen = wide.copy(session, dy, gradient);
    }
    int blocks = Math.ceilDiv(images, BLOCK);
    int count = kernelHeight * (paddedRun / tile.elements()) * (paddedOut / lanes);
    int size = kernelHeight * paddedRun * paddedOut;
    Operand partial = session.scratch(blocks * size);
    parts.add(
        partial, dw, blocks, size, new Parts.Layout(out, run, 1, paddedRun * paddedOut, paddedOut));
    Optional<Operand> rowSums = wanted.sums().map(db -> rowSums(db, blocks, row, parts));
    Map<String, Integer> constants =
        Map.ofEntries(
            Map.entry("V", tiles.vector()),
            Map.entry("TA", tile.elements()),
            Map.entry("TV", tile.vectors()),
            Map.entry("C", halo.channels()),
            Map.entry("PH", halo.height()),
            Map.entry("PW", halo.width()),
            Map.entry("OH", height),
            Map.entry("OW", width),
            Map.entry("DYO", row),
            Map.entry("PO", paddedOut),
            Map.entry("KH", kernelHeight),
            Map.entry("RUN", paddedRun),
            Map.entry("STRIDE", wanted.stride()));
    LaunchBuilder launch =
        session
            .kernel("conv2d_weight_gradient", "conv2d_weight_gradient", constants)
            .operands(padded, gradient, partial);
    return DeviceKernel.sequence(widen, range(launch, partial, rowSums, images, out, count));
  }

  private DeviceKernel pooled(
      WeightGradient wanted, Halo halo, Operand padded, Operand indices, Parts parts) {
    Operand d = wanted.dy().d();
    Operand dw = wanted.dw();
    int images = d.shape().dim(0);
    int out = d.shape().dim(3);
    int kernelHeight = dw.shape().dim(0);
    int run = dw.shape().dim(1) * halo.channels();
    int runVectors = Math.ceilDiv(run, tiles.vector());
    int vectors = Math.min(runVectors, tiles.pooledWeightVectors());
    int rows = Math.min(kernelHeight, Math.max(1, tiles.pooledWeightVectors() / vectors));
    int paddedRun = Math.ceilDiv(runVectors, vectors) * vectors * tiles.vector();
    int blocks = Math.ceilDiv(images, BLOCK);
    int count = out * (paddedRun / (vectors * tiles.vector())) * Math.ceilDiv(kernelHeight, rows);
    int size = out * kernelHeight * paddedRun;
    Operand partial = session.scratch(blocks * size);
    parts.add(
        partial,
        dw,
        blocks,
        size,
        new Parts.Layout(out, run, kernelHeight * paddedRun, paddedRun, 1));
    Optional<Operand> rowSums = wanted.sums().map(db -> rowSums(db, blocks, out, parts));
    Map<String, Integer> constants =
        Map.ofEntries(
            Map.entry("V", tiles.vector()),
            Map.entry("TK", rows),
            Map.entry("TA", vectors),
            Map.entry("C", halo.channels()),
            Map.entry("PH", halo.height()),
            Map.entry("PW", halo.width()),
            Map.entry("OH", d.shape().dim(1)),
            Map.entry("OW", d.shape().dim(2)),
            Map.entry("O", out),
            Map.entry("KH", kernelHeight),
            Map.entry("RUN", paddedRun),
            Map.entry("STRIDE", wanted.stride()));
    LaunchBuilder launch =
        session
            .kernel("pooled_conv2d_weight_gradient", "pooled_conv2d_weight_gradient", constants)
            .operands(padded, indices, d, partial);
    return range(launch, partial, rowSums, images, out, count);
  }

  /** Work-items for {@code count} tiles, and for the sums of {@code out} channels behind them. */
  private DeviceKernel range(
      LaunchBuilder launch,
      Operand partial,
      Optional<Operand> rowSums,
      int images,
      int out,
      int count) {
    int items = count + (rowSums.isPresent() ? Math.ceilDiv(out, tiles.vector()) : 0);
    return launch
        .operands(rowSums.orElse(partial))
        .ints(images, BLOCK, count, items)
        .range(items, Math.ceilDiv(images, BLOCK), Math.min(tiles.group(), items), 1);
  }

  /** Storage for the sums over the pixels of each block, {@code row} floats a block. */
  private Operand rowSums(Operand db, int blocks, int row, Parts parts) {
    Operand sums = session.scratch(blocks * row);
    int out = db.shape().elements();
    parts.add(sums, db, blocks, row, Parts.Layout.plain(out));
    return sums;
  }

  private static Halo halo(WeightGradient wanted) {
    Shape x = wanted.x().shape();
    int height = covered(wanted, x.dim(1), wanted.dw().shape().dim(0));
    int width = covered(wanted, x.dim(2), wanted.dw().shape().dim(1));
    return new Halo(x.dim(0), height, width, x.dim(3), wanted.padding(), wanted.padding(), 1);
  }

  /** Rows or columns of a padded image that some patch covers. */
  private static int covered(WeightGradient wanted, int image, int kernel) {
    int stride = wanted.stride();
    return (image + 2 * wanted.padding() - kernel) / stride * stride + kernel;
  }
}
