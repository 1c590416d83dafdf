package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.vector.conv.Conv2dForward;
import engram.backend.vector.conv.Conv2dInputGradient;
import engram.backend.vector.conv.Conv2dWeightGradient;
import engram.backend.vector.conv.ConvAlgorithm;
import engram.backend.vector.conv.ConvCosts;
import engram.backend.vector.conv.ConvCosts.Direction;
import engram.backend.vector.conv.ConvShape;
import engram.backend.vector.conv.Epilogue;
import engram.backend.vector.conv.PooledWeightGradient;
import engram.backend.vector.matmul.MatrixProduct;
import engram.backend.vector.matmul.ProductCosts;
import engram.backend.vector.matmul.ProductWay;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.TileCases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Shapes and checks that the tests run here and in processes of other vector widths. */
public final class KernelCases {
  private static final int[] TEAMS = {1, 2, 3, 5};

  private KernelCases() {}

  public static List<ConvShape> convolutions() {
    List<ConvShape> shapes = new ArrayList<>();
    shapes.add(new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 0));
    shapes.add(new ConvShape(1, 1, 1, 1, 1, 3, 3, 1, 1));
    shapes.add(new ConvShape(3, 7, 5, 3, 17, 5, 5, 1, 2));
    shapes.add(new ConvShape(2, 9, 9, 3, 32, 5, 5, 1, 2));
    shapes.add(new ConvShape(2, 6, 6, 16, 64, 3, 3, 1, 1));
    shapes.add(new ConvShape(9, 4, 4, 17, 15, 3, 3, 1, 1));
    shapes.add(new ConvShape(1, 11, 13, 2, 3, 3, 2, 2, 0));
    shapes.add(new ConvShape(2, 10, 7, 4, 33, 3, 3, 2, 1));
    shapes.add(new ConvShape(2, 8, 8, 5, 8, 1, 1, 2, 0));
    shapes.add(new ConvShape(2, 12, 12, 3, 31, 2, 5, 3, 2));
    shapes.add(new ConvShape(1, 7, 7, 1, 4, 1, 1, 3, 0));
    shapes.add(new ConvShape(4, 5, 5, 64, 1, 5, 5, 1, 0));
    shapes.add(new ConvShape(2, 3, 3, 7, 48, 1, 1, 1, 2));
    shapes.add(new ConvShape(17, 2, 3, 2, 2, 2, 2, 1, 1));
    shapes.add(new ConvShape(1, 32, 32, 3, 16, 5, 5, 1, 2));
    // Rows of 7, 8, 10 and 14 pixels: sliding tiles.
    shapes.add(new ConvShape(2, 3, 7, 9, 20, 3, 3, 1, 1));
    shapes.add(new ConvShape(2, 4, 8, 5, 33, 3, 3, 1, 1));
    shapes.add(new ConvShape(2, 14, 14, 6, 16, 5, 5, 1, 0));
    shapes.add(new ConvShape(3, 5, 28, 1, 6, 5, 5, 1, 2));
    // 3 x 3 with whole vectors of channels and even sizes: Winograd's sums.
    shapes.add(new ConvShape(1, 2, 2, 16, 16, 3, 3, 1, 1));
    shapes.add(new ConvShape(5, 8, 6, 32, 40, 3, 3, 1, 1));
    shapes.add(new ConvShape(17, 4, 4, 64, 33, 3, 3, 1, 1));
    shapes.add(new ConvShape(2, 20, 18, 16, 32, 3, 3, 1, 0));
    shapes.add(new ConvShape(1, 30, 40, 48, 16, 3, 3, 1, 2));
    // Many channels over few pixels: several images in a band, blocks of outputs shared out.
    shapes.add(new ConvShape(2, 4, 4, 128, 160, 3, 3, 1, 1));
    shapes.add(new ConvShape(33, 2, 2, 48, 96, 3, 3, 1, 1));
    // Strides that leave phases without a weight, without a pixel, or of several weights.
    shapes.add(new ConvShape(3, 9, 8, 32, 48, 3, 3, 2, 1));
    shapes.add(new ConvShape(2, 2, 1, 6, 16, 5, 5, 3, 2));
    shapes.add(new ConvShape(1, 6, 7, 3, 5, 2, 3, 4, 0));
    return shapes;
  }

  public static List<MatrixProduct.Shape> products() {
    List<MatrixProduct.Shape> shapes = new ArrayList<>();
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        shapes.add(new MatrixProduct.Shape(1, 1, 1, ta, tb));
        shapes.add(new MatrixProduct.Shape(1, 43, 600, ta, tb));
        shapes.add(new MatrixProduct.Shape(5, 1, 517, ta, tb));
        shapes.add(new MatrixProduct.Shape(3, 17, 2, ta, tb));
        shapes.add(new MatrixProduct.Shape(16, 32, 16, ta, tb));
        shapes.add(new MatrixProduct.Shape(33, 47, 300, ta, tb));
        shapes.add(new MatrixProduct.Shape(64, 64, 64, ta, tb));
        shapes.add(new MatrixProduct.Shape(9, 9, 1100, ta, tb));
        shapes.add(new MatrixProduct.Shape(300, 15, 31, ta, tb));
        // Around the rows and columns of tiles, and of vectors; many tasks.
        shapes.add(new MatrixProduct.Shape(7, 16, 129, ta, tb));
        shapes.add(new MatrixProduct.Shape(8, 33, 128, ta, tb));
        shapes.add(new MatrixProduct.Shape(65, 81, 400, ta, tb));
        shapes.add(new MatrixProduct.Shape(129, 401, 31, ta, tb));
        // Panels that each worker packs for itself.
        shapes.add(new MatrixProduct.Shape(513, 40, 33, ta, tb));
        // Rows that fall on each other in a cache, and a matrix too large to read by columns.
        shapes.add(new MatrixProduct.Shape(12, 20, 1024, ta, tb));
        shapes.add(new MatrixProduct.Shape(209, 35, 963, ta, tb));
      }
    }
    return shapes;
  }

  /** Checks all kernels of one convolution against plain loops, with every size of team. */
  public static void check(ConvShape shape) {
    float[] x = Arena.random(shape.xLength(), 1);
    float[] w = Arena.random(shape.weightLength(), 2);
    float[] dy = Arena.random(shape.yLength(), 3);
    Arena arena = new Arena(x.length, w.length, dy.length, dy.length, x.length, w.length);
    HostBuffer xs = arena.input(x);
    HostBuffer ws = arena.input(w);
    HostBuffer dys = arena.input(dy);
    HostBuffer y = arena.output(dy.length);
    HostBuffer dx = arena.output(x.length);
    HostBuffer dw = arena.output(w.length);
    Definitions.Sums forward = Definitions.forward(shape, x, w);
    Definitions.Sums inputGradient = Definitions.inputGradient(shape, dy, w);
    Definitions.Sums weightGradient = Definitions.weightGradient(shape, x, dy);
    for (ConvAlgorithm way : ways(Direction.FORWARD, shape)) {
      checkTeams(
          "forward by " + way + " " + shape,
          forward,
          y,
          team -> new Conv2dForward(way, shape, xs, ws, Epilogue.NONE, y, team));
    }
    for (ConvAlgorithm way : ways(Direction.INPUT_GRADIENT, shape)) {
      checkTeams(
          "input gradient by " + way + " " + shape,
          inputGradient,
          dx,
          team -> new Conv2dInputGradient(way, shape, dys, ws, dx, team));
    }
    for (ConvAlgorithm way : ways(Direction.WEIGHT_GRADIENT, shape)) {
      checkTeams(
          "weight gradient by " + way + " " + shape,
          weightGradient,
          dw,
          team -> Conv2dWeightGradient.of(way, shape, xs, dys, dw, team));
    }
    arena.checkGuards();
    checkPooled(shape, x, w);
  }

  /** Every way that serves a shape, not only the one that is chosen. */
  public static List<ConvAlgorithm> ways(Direction direction, ConvShape shape) {
    return ConvCosts.of(direction, shape).stream().map(ConvCosts.Estimate::algorithm).toList();
  }

  /** Pooled gradients must equal the dense ones of the gradient spread over its pixels. */
  private static void checkPooled(ConvShape shape, float[] x, float[] w) {
    int height = shape.outH() / 2;
    int width = shape.outW() / 2;
    int pooled = shape.n() * height * width * shape.o();
    float[] gradient = Arena.random(pooled, 5);
    float[] index = Arena.random(pooled, 6);
    float[] dense = new float[shape.yLength()];
    for (int i = 0; i < pooled; i++) {
      index[i] = (int) (2 * index[i] + 2);
      int window = i / shape.o();
      int row = 2 * (window / width % height) + (int) index[i] / 2;
      int column = 2 * (window % width) + (int) index[i] % 2;
      int image = window / (height * width);
      int pixel = (image * shape.outH() + row) * shape.outW() + column;
      dense[pixel * shape.o() + i % shape.o()] = gradient[i];
    }
    Arena arena = new Arena(x.length, w.length, pooled, pooled, w.length, x.length);
    HostBuffer xs = arena.input(x);
    HostBuffer ws = arena.input(w);
    HostBuffer gradients = arena.input(gradient);
    HostBuffer indices = arena.input(index);
    HostBuffer dw = arena.output(shape.weightLength());
    checkTeams(
        "pooled weight gradient " + shape,
        Definitions.weightGradient(shape, x, dense),
        dw,
        team -> new PooledWeightGradient(shape, xs, gradients, indices, dw, team));
    HostBuffer dx = arena.output(shape.xLength());
    Definitions.Sums inputGradient = Definitions.inputGradient(shape, dense, w);
    for (ConvAlgorithm way : ways(Direction.POOLED_INPUT_GRADIENT, shape)) {
      checkTeams(
          "pooled input gradient by " + way + " " + shape,
          inputGradient,
          dx,
          team -> Conv2dInputGradient.pooled(way, shape, gradients, indices, ws, dx, team));
    }
    arena.checkGuards();
  }

  /** Checks all ways of one matrix product, with and without bias, with every size of team. */
  public static void check(MatrixProduct.Shape shape) {
    float[] a = Arena.random(shape.m() * shape.k(), 1);
    float[] b = Arena.random(shape.k() * shape.n(), 2);
    float[] bias = Arena.random(shape.n(), 3);
    Arena arena = new Arena(a.length, b.length, bias.length, shape.m() * shape.n());
    HostBuffer as = arena.input(a);
    HostBuffer bs = arena.input(b);
    HostBuffer biases = arena.input(bias);
    HostBuffer c = arena.output(shape.m() * shape.n());
    Definitions.Sums plain = Definitions.product(shape, a, b, new float[0]);
    Definitions.Sums withBias = Definitions.product(shape, a, b, bias);
    for (ProductCosts.Estimate estimate : ProductCosts.of(shape)) {
      ProductWay way = estimate.way();
      checkTeams(
          way + " " + shape,
          plain,
          c,
          team -> MatrixProduct.of(way, shape, as, bs, Optional.empty(), c, team));
      checkTeams(
          way + " with bias " + shape,
          withBias,
          c,
          team -> MatrixProduct.of(way, shape, as, bs, Optional.of(biases), c, team));
    }
    arena.checkGuards();
  }

  public interface Bound {
    Kernel on(Workers team);
  }

  /** Runs a kernel with every size of team: right values, and the same bits every time. */
  public static void checkTeams(
      String what, Definitions.Sums expected, HostBuffer output, Bound kernel) {
    int length = expected.value().length;
    float[] first = new float[0];
    for (int size : TEAMS) {
      try (Workers team = new Workers(size)) {
        // Working memory that a kernel forgot to write must not pass for zeros.
        Arrays.fill(team.scratch().array(), Float.NaN);
        Kernel bound = kernel.on(team);
        for (int run = 0; run < 2; run++) {
          Arrays.fill(output.data(), output.offset(), output.offset() + length, Float.NaN);
          bound.run();
          float[] received = Arena.read(output, length);
          expected.check(what + ", workers " + size, received);
          if (first.length == 0) {
            first = received;
          } else if (Arrays.mismatch(first, received) >= 0) {
            throw new AssertionError(
                "%s: workers %d, run %d: other bits at index %d"
                    .formatted(what, size, run, Arrays.mismatch(first, received)));
          }
        }
      }
    }
  }

  /** Runs all cases; the width is chosen by the process's flags. Prints the width that it used. */
  public static void main(String[] args) {
    convolutions().forEach(KernelCases::check);
    products().forEach(KernelCases::check);
    TileCases.checkAll();
    System.out.printf(
        "checked at %d bits with the tiles of %d registers%n", Lanes.bits(), TileCases.registers());
  }
}
