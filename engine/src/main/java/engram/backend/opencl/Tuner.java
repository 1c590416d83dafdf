package engram.backend.opencl;

import engram.backend.Operand;
import engram.op.Conv2d;
import engram.op.MatMul;
import engram.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jocl.CLException;

/**
 * Finds the tiles that suit a GPU: runs each candidate on a layer of the reference network and on a
 * square product, compares the result with that of the kernels for processors, and keeps the
 * fastest.
 */
final class Tuner {
  /**
   * Small ones for small results, large ones for few loads; those that a device allows are tried.
   */
  static final List<GemmTile> CANDIDATES =
      List.of(
          new GemmTile(32, 32, 16, 4, 4),
          new GemmTile(64, 32, 16, 4, 4),
          new GemmTile(32, 64, 32, 4, 4),
          new GemmTile(64, 64, 16, 4, 4),
          new GemmTile(128, 32, 16, 8, 4),
          new GemmTile(128, 64, 16, 8, 4),
          new GemmTile(128, 64, 8, 8, 8),
          new GemmTile(128, 128, 8, 8, 8));

  /** Largest error, relative to the root mean square, of a candidate that is right. */
  private static final double TOLERANCE = 1e-3;

  private static final int RUNS = 5;

  private final Session session;
  private final List<GemmTile> candidates;
  private final Consumer<String> notice;
  private final DenseOps trusted;

  Tuner(Session session, List<GemmTile> candidates, Consumer<String> notice) {
    this.session = session;
    this.candidates = candidates.stream().filter(tile -> tile.fits(session.device())).toList();
    this.notice = notice;
    trusted = new CpuDenseOps(session, Tiles.of(session.device()));
  }

  /**
   * The fastest tile of each kind.
   *
   * @param batch images of the convolutions
   * @param size rows and columns of the product
   */
  GemmTiles tune(int batch, int size) {
    Shape image = Shape.shape(batch, 16, 16, 32);
    Shape weight = Shape.shape(3, 3, 32, 64);
    Shape output = Shape.shape(batch, 16, 16, 64);
    Shape square = Shape.shape(size, size);
    Operand x = filled(image, 1);
    Operand w = filled(weight, 2);
    Operand dy = filled(output, 3);
    Operand a = filled(square, 4);
    Operand b = filled(square, 5);
    MatMul product = new MatMul(false, false);
    Conv2d forward = new Conv2d(1, 1);
    Conv2d.InputGradient input = new Conv2d.InputGradient(1, 1, 16, 16);
    Conv2d.WeightGradient ofWeight = new Conv2d.WeightGradient(1, 1, 3, 3);
    return new GemmTiles(
        best("matmul", square, (ops, y) -> ops.matMul(product, a, b, y, Optional.empty())),
        best("conv2d", output, (ops, y) -> ops.conv2d(forward, x, w, y)),
        best(
            "input gradient",
            image,
            (ops, y) -> ops.inputGradient(input, dy, w, y, Optional.empty())),
        best(
            "weight gradient",
            weight,
            (ops, y) -> {
              Parts parts = new Parts(session);
              DeviceKernel main = ops.weightGradient(ofWeight, x, dy, y, Optional.empty(), parts);
              return parts.isEmpty() ? main : DeviceKernel.sequence(main, parts.launch());
            }));
  }

  private GemmTile best(
      String kind, Shape result, BiFunction<DenseOps, Operand, DeviceKernel> problem) {
    float[] expected = run(problem, trusted, result).values;
    Optional<GemmTile> best = Optional.empty();
    long fastest = Long.MAX_VALUE;
    for (GemmTile tile : candidates) {
      try {
        Run run = run(problem, new GpuDenseOps(session, GemmTiles.all(tile)), result);
        double error = error(expected, run.values);
        if (!(error < TOLERANCE)) {
          notice.accept(
              "opencl: %s computes %s wrongly with %s (error %.2g): not used"
                  .formatted(session.device().name(), kind, tile, error));
        } else if (run.nanos < fastest) {
          fastest = run.nanos;
          best = Optional.of(tile);
        }
      } catch (CLException e) {
        // More registers than there are, for example: another tile will do.
        notice.accept(
            "opencl: %s cannot run %s with %s (%s): not used"
                .formatted(session.device().name(), kind, tile, e.getMessage()));
      }
    }
    return best.orElseThrow(
        () ->
            new OpenClException(
                "opencl: no kernel for %s gives the right result on %s (driver %s).\nUpdate its driver, or choose another device: engram devices lists them."
                    .formatted(kind, session.device().name(), session.device().driver())));
  }

  private record Run(float[] values, long nanos) {}

  /** The result, and the least time of some runs after the first. */
  private Run run(BiFunction<DenseOps, Operand, DeviceKernel> problem, DenseOps ops, Shape result) {
    Operand y = new Operand(result, session.allocate(result.elements()));
    DeviceKernel kernel = problem.apply(ops, y);
    kernel.run();
    float[] values = y.buffer().read();
    long nanos = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      nanos = Math.min(nanos, kernel.runTimed());
    }
    return new Run(values, nanos);
  }

  private Operand filled(Shape shape, int seed) {
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7919 + seed * 104729) % 2003 / 1001f - 1;
    }
    OpenClBuffer buffer = session.allocate(values.length);
    buffer.write(values);
    return new Operand(shape, buffer);
  }

  private static double error(float[] expected, float[] received) {
    double squares = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      squares += (double) expected[i] * expected[i];
      double gap = Math.abs((double) expected[i] - received[i]);
      worst = gap <= worst ? worst : gap; // NaN is the worst
    }
    return worst / Math.sqrt(squares / expected.length);
  }
}
