package engram.backend.opencl.cpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.Parts;
import engram.op.Conv2d;
import engram.op.PooledConv2d;
import engram.tensor.Shape;
import java.util.Map;
import java.util.Optional;

/**
 * Weight gradients of convolutions: {@code conv2d_weight_gradient.cl} and, where a pooling comes
 * behind the convolution, {@code pooled_conv2d_weight_gradient.cl}. Sums are taken over blocks of
 * images, a matter of shape alone, and added in order.
 */
final class WeightGradientOps {
  /**
   * Images of a block: few, so that their pixels stay in a CPU's second-level cache while all tiles
   * pass over them, but not so few that writing and adding the parts costs more. Measured.
   */
  private static final int BLOCK = 8;

  /** Floats between pixels at which the pixels of one channel tile share few sets of a cache. */
  private static final int CONFLICT = 64;

  private final Session session;
  private final Tiles tiles;

  WeightGradientOps(Session session, Tiles tiles) {
    this.session = session;
    this.tiles = tiles;
  }

  DeviceKernel dense(
      Conv2d.WeightGradient op,
      Operand x,
      Operand dy,
      Operand dw,
      Optional<Operand> sums,
      Parts parts) {
    Tiles.WeightGradient tile = tiles.weightGradient();
    int images = dy.shape().dim(0);
    int height = dy.shape().dim(1);
    int width = dy.shape().dim(2);
    int out = dy.shape().dim(3);
    int run = op.kernelWidth() * x.shape().dim(3);
    int paddedRun = ceil(run, tile.elements()) * tile.elements();
    int lanes = tiles.vector() * tile.vectors();
    int paddedOut = ceil(out, lanes) * lanes;
    Halo halo = halo(x.shape(), op.padding(), op.stride(), op.kernelHeight(), op.kernelWidth());
    OpenClBuffer framed = halo.allocate(session);
    DeviceKernel fill = halo.copy(session, OpenClBuffer.of(x), x.shape(), framed);
    OpenClBuffer gradient = OpenClBuffer.of(dy);
    DeviceKernel widen = DeviceKernel.sequence();
    int row = paddedOut % CONFLICT == 0 && session.isCpu() ? paddedOut + lanes : paddedOut;
    if (row != out) {
      Halo wide = new Halo(images, height, width, row, 0, 0, 1);
      gradient = wide.allocate(session);
      widen = wide.copy(session, OpenClBuffer.of(dy), dy.shape(), gradient);
    }
    int blocks = ceil(images, BLOCK);
    int count = op.kernelHeight() * (paddedRun / tile.elements()) * (paddedOut / lanes);
    int size = op.kernelHeight() * paddedRun * paddedOut;
    OpenClBuffer partial = session.allocate(blocks * size);
    parts.add(
        partial,
        OpenClBuffer.of(dw),
        blocks,
        size,
        new Parts.Layout(out, run, 1, paddedRun * paddedOut, paddedOut));
    Optional<OpenClBuffer> rowSums = sums.map(db -> rowSums(db, blocks, row, parts));
    int items = count + (sums.isPresent() ? ceil(out, tiles.vector()) : 0);
    Map<String, Integer> constants =
        Map.ofEntries(
            Map.entry("V", tiles.vector()),
            Map.entry("TA", tile.elements()),
            Map.entry("TV", tile.vectors()),
            Map.entry("C", x.shape().dim(3)),
            Map.entry("PH", halo.height()),
            Map.entry("PW", halo.width()),
            Map.entry("OH", height),
            Map.entry("OW", width),
            Map.entry("DYO", row),
            Map.entry("PO", paddedOut),
            Map.entry("KH", op.kernelHeight()),
            Map.entry("RUN", paddedRun),
            Map.entry("STRIDE", op.stride()));
    return DeviceKernel.sequence(
        fill,
        widen,
        session
            .kernel("conv2d_weight_gradient", "conv2d_weight_gradient", constants)
            .operand(framed)
            .operand(gradient)
            .operand(partial)
            .operand(rowSums.orElse(partial))
            .number(images)
            .number(BLOCK)
            .number(count)
            .number(items)
            .range(items, blocks, Math.min(tiles.group(), items), 1));
  }

  DeviceKernel pooled(
      PooledConv2d.WeightGradient op,
      Operand x,
      Operand indices,
      Operand d,
      Operand dw,
      Optional<Operand> sums,
      Parts parts) {
    int images = d.shape().dim(0);
    int out = d.shape().dim(3);
    int run = op.kernelWidth() * x.shape().dim(3);
    int runVectors = ceil(run, tiles.vector());
    int vectors = Math.min(runVectors, tiles.pooledWeightVectors());
    int rows = Math.min(op.kernelHeight(), Math.max(1, tiles.pooledWeightVectors() / vectors));
    int paddedRun = ceil(runVectors, vectors) * vectors * tiles.vector();
    Halo halo = halo(x.shape(), op.padding(), op.stride(), op.kernelHeight(), op.kernelWidth());
    OpenClBuffer framed = halo.allocate(session);
    int blocks = ceil(images, BLOCK);
    int count = out * (paddedRun / (vectors * tiles.vector())) * ceil(op.kernelHeight(), rows);
    int size = out * op.kernelHeight() * paddedRun;
    OpenClBuffer partial = session.allocate(blocks * size);
    parts.add(
        partial,
        OpenClBuffer.of(dw),
        blocks,
        size,
        new Parts.Layout(out, run, op.kernelHeight() * paddedRun, paddedRun, 1));
    Optional<OpenClBuffer> rowSums = sums.map(db -> rowSums(db, blocks, out, parts));
    int items = count + (sums.isPresent() ? ceil(out, tiles.vector()) : 0);
    Map<String, Integer> constants =
        Map.ofEntries(
            Map.entry("V", tiles.vector()),
            Map.entry("TK", rows),
            Map.entry("TA", vectors),
            Map.entry("C", x.shape().dim(3)),
            Map.entry("PH", halo.height()),
            Map.entry("PW", halo.width()),
            Map.entry("OH", d.shape().dim(1)),
            Map.entry("OW", d.shape().dim(2)),
            Map.entry("O", out),
            Map.entry("KH", op.kernelHeight()),
            Map.entry("RUN", paddedRun),
            Map.entry("STRIDE", op.stride()));
    return DeviceKernel.sequence(
        halo.copy(session, OpenClBuffer.of(x), x.shape(), framed),
        session
            .kernel("pooled_conv2d_weight_gradient", "pooled_conv2d_weight_gradient", constants)
            .operand(framed)
            .operand(indices)
            .operand(d)
            .operand(partial)
            .operand(rowSums.orElse(partial))
            .number(images)
            .number(BLOCK)
            .number(count)
            .number(items)
            .range(items, blocks, Math.min(tiles.group(), items), 1));
  }

  /** Storage for the sums over the pixels of each block, {@code row} floats a block. */
  private OpenClBuffer rowSums(Operand db, int blocks, int row, Parts parts) {
    OpenClBuffer sums = session.allocate(blocks * row);
    int out = db.shape().elements();
    parts.add(sums, OpenClBuffer.of(db), blocks, row, Parts.Layout.plain(out));
    return sums;
  }

  private static Halo halo(Shape x, int padding, int stride, int kernelHeight, int kernelWidth) {
    int height = (x.dim(1) + 2 * padding - kernelHeight) / stride * stride + kernelHeight;
    int width = (x.dim(2) + 2 * padding - kernelWidth) / stride * stride + kernelWidth;
    return new Halo(x.dim(0), height, width, x.dim(3), padding, padding, 1);
  }

  private static int ceil(int count, int size) {
    return (count + size - 1) / size;
  }
}
