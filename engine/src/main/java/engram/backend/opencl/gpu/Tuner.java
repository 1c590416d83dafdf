package engram.backend.opencl.gpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.OpenClException;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.DenseOps;
import engram.backend.opencl.ops.Epilogue;
import engram.backend.opencl.ops.OutputGradient;
import engram.backend.opencl.ops.Parts;
import engram.backend.opencl.ops.WeightGradient;
import engram.op.MatMul;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Finds the tiles that suit a GPU: runs each candidate on a layer of the reference network or on a
 * square product, compares the result with that of the kernels for processors, and keeps the
 * fastest, one for each {@link GemmTiles.Use}.
 */
final class Tuner {
  /**
   * Small ones for small results, large ones for few loads; those that a device allows are tried.
   */
  static final List<GemmTile> CANDIDATES =
      List.of(
          new GemmTile(32, 32, 16, 4, 4),
          new GemmTile(64, 32, 16, 4, 4),
          new GemmTile(128, 32, 16, 8, 4),
          new GemmTile(128, 32, 16, 8, 8),
          new GemmTile(32, 64, 16, 4, 4),
          new GemmTile(64, 64, 16, 4, 4),
          new GemmTile(64, 64, 16, 8, 4),
          new GemmTile(64, 64, 16, 8, 8),
          new GemmTile(128, 64, 16, 8, 4),
          new GemmTile(128, 64, 8, 8, 8),
          new GemmTile(128, 64, 16, 8, 8),
          new GemmTile(128, 128, 8, 8, 8),
          new GemmTile(128, 128, 16, 8, 8));

  /**
   * How large the problems are.
   *
   * @param images of the convolutions
   * @param rows of the matrices, as many as columns
   */
  record Size(int images, int rows) {
    static final Size SMALL = new Size(64, 512);
    static final Size LARGE = new Size(512, 2048);
  }

  /** Largest error, relative to the root mean square, of a candidate that is right. */
  private static final double TOLERANCE = 1e-3;

  private static final int RUNS = 5;

  /** A GPU that was idle needs a while to reach its full clock. */
  private static final long WARM_UP_NANOS = 5_000_000;

  private final Session session;
  private final List<GemmTile> candidates;
  private final Consumer<String> notice;
  private final DenseOps trusted;

  /**
   * @param trusted whose results are right
   * @param notice takes a line for each candidate that cannot be used
   */
  Tuner(Session session, DenseOps trusted, List<GemmTile> candidates, Consumer<String> notice) {
    this.session = session;
    this.candidates = candidates.stream().filter(tile -> tile.fits(session.device())).toList();
    this.notice = notice;
    this.trusted = trusted;
  }

  /** The fastest tile for each use; results are checked at the small size. */
  GemmTiles tune(Size small, Size large) {
    Map<GemmTiles.Use, GemmTile> best = new HashMap<>();
    for (Gemm.Kind kind : Gemm.Kind.values()) {
      for (boolean narrow : new boolean[] {false, true}) {
        List<GemmTile> right = right(problem(kind, narrow, small));
        best.put(
            new GemmTiles.Use(kind, narrow, false), fastest(right, problem(kind, narrow, small)));
        best.put(
            new GemmTiles.Use(kind, narrow, true), fastest(right, problem(kind, narrow, large)));
      }
    }
    return new GemmTiles(best);
  }

  /** Something to compute, and the result that {@code ops} is to fill. */
  private record Problem(
      String name,
      boolean narrow,
      Shape result,
      BiFunction<DenseOps, Operand, DeviceKernel> kernel) {}

  private Problem problem(Gemm.Kind kind, boolean narrow, Size size) {
    int n = narrow ? GemmTiles.Use.NARROW : 2 * GemmTiles.Use.NARROW;
    String name = (narrow ? "narrow " : "") + kind.name().toLowerCase(Locale.ROOT);
    return switch (kind) {
      case MATMUL -> {
        Shape square = Shape.shape(size.rows, size.rows);
        Shape result = Shape.shape(size.rows, narrow ? n : size.rows);
        Operand a = filled(square, 1);
        Operand b = filled(result, 2);
        MatMul product = new MatMul(false, false);
        yield new Problem(
            name, narrow, result, (ops, y) -> ops.matMul(product, a, b, Epilogue.none(y)));
      }
      // Narrow: the first layer of the reference network, wide: its second.
      case FORWARD -> {
        Layer layer = narrow ? Layer.FIRST : Layer.SECOND;
        Operand x = filled(layer.x(size.images), 1);
        Operand w = filled(layer.weight(), 2);
        yield new Problem(
            name,
            narrow,
            layer.y(size.images),
            (ops, y) -> ops.conv2d(1, layer.kernel / 2, x, w, Epilogue.none(y)));
      }
      case WEIGHT_GRADIENT -> {
        Layer layer = narrow ? Layer.FIRST : Layer.SECOND;
        Operand x = filled(layer.x(size.images), 1);
        OutputGradient gradient = OutputGradient.of(filled(layer.y(size.images), 2));
        yield new Problem(
            name,
            narrow,
            layer.weight(),
            (ops, dw) ->
                Parts.complete(
                    session,
                    parts ->
                        ops.weightGradient(
                            new WeightGradient(
                                1, layer.kernel / 2, x, gradient, dw, Optional.empty()),
                            parts)));
      }
      // Narrow: the second layer, wide: the third.
      case INPUT_GRADIENT -> {
        Layer layer = narrow ? Layer.SECOND : Layer.THIRD;
        OutputGradient dy = OutputGradient.of(filled(layer.y(size.images), 1));
        Operand w = filled(layer.weight(), 2);
        yield new Problem(
            name,
            narrow,
            layer.x(size.images),
            (ops, dx) -> ops.inputGradient(1, layer.kernel / 2, dy, w, Epilogue.none(dx)));
      }
    };
  }

  /** A convolution that keeps the size of an image. */
  private enum Layer {
    FIRST(32, 3, 32, 5),
    SECOND(16, 32, 64, 3),
    THIRD(8, 64, 64, 3);

    private final int side;
    private final int in;
    private final int out;
    private final int kernel;

    Layer(int side, int in, int out, int kernel) {
      this.side = side;
      this.in = in;
      this.out = out;
      this.kernel = kernel;
    }

    Shape x(int images) {
      return Shape.shape(images, side, side, in);
    }

    Shape weight() {
      return Shape.shape(kernel, kernel, in, out);
    }

    Shape y(int images) {
      return Shape.shape(images, side, side, out);
    }
  }

  /** The candidates that give the right result. */
  private List<GemmTile> right(Problem problem) {
    float[] expected = result(problem, trusted);
    List<GemmTile> right = new ArrayList<>();
    for (GemmTile tile : candidates) {
      if (problem.narrow && tile.groupColumns() > GemmTiles.Use.NARROW) {
        continue;
      }
      try {
        double error = error(expected, result(problem, with(tile)));
        if (error < TOLERANCE) {
          right.add(tile);
        } else {
          notice.accept(
              "opencl: %s computes %s wrongly with %s (error %.2g): not used"
                  .formatted(session.device().name(), problem.name, tile, error));
        }
      } catch (OpenClException e) {
        // More registers than there are, for example: another tile will do.
        notice.accept(unusable(problem, tile, e));
      }
    }
    if (right.isEmpty()) {
      throw new OpenClException(
          "opencl: no kernel for %s gives the right result on %s (driver %s).\nUpdate its driver, or choose another device: engram devices lists them."
              .formatted(problem.name, session.device().name(), session.device().driver()));
    }
    return right;
  }

  private String unusable(Problem problem, GemmTile tile, RuntimeException why) {
    return "opencl: %s cannot run %s with %s (%s): not used"
        .formatted(session.device().name(), problem.name, tile, why.getMessage());
  }

  private DenseOps with(GemmTile tile) {
    return new GpuDenseOps(session, GemmTiles.all(tile));
  }

  private float[] result(Problem problem, DenseOps ops) {
    Operand y = new Operand(problem.result, session.allocate(problem.result.elements()));
    problem.kernel.apply(ops, y).run();
    return y.buffer().read();
  }

  private GemmTile fastest(List<GemmTile> tiles, Problem problem) {
    Operand y = new Operand(problem.result, session.allocate(problem.result.elements()));
    GemmTile best = tiles.getFirst();
    long least = Long.MAX_VALUE;
    for (GemmTile tile : tiles) {
      try {
        DeviceKernel kernel = problem.kernel.apply(with(tile), y);
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_NANOS) {
          kernel.runTimed();
        }
        for (int i = 0; i < RUNS; i++) {
          long nanos = kernel.runTimed();
          if (nanos < least) {
            least = nanos;
            best = tile;
          }
        }
      } catch (OpenClException e) {
        notice.accept(unusable(problem, tile, e));
      }
    }
    return best;
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
