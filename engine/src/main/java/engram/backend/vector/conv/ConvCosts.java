package engram.backend.vector.conv;

import engram.backend.vector.run.Lanes;
import engram.backend.vector.tile.Tiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What each way of a convolution is likely to cost, from its shape and the vector width alone, so
 * that the choice, and with it the bits, is the same on any number of threads.
 *
 * <p>The unit is one multiply-add of vectors at the peak rate. Products cost one each, divided by
 * the share of the peak that their register tile reaches. What is moved and transformed beside them
 * costs, for each vector, what the table below says: measured, one thread, against the peak in the
 * same process.
 */
public final class ConvCosts {
  /** A vector of an image copied into a halo, or of sums carried to the output. */
  private static final double COPY = 3;

  /** A vector of weights fetched, or stored, where all of them lie in a second-level cache. */
  private static final double NEAR = 2;

  /** The same where they do not. */
  private static final double FAR = 16;

  /** Floats that lie in a second-level cache. */
  private static final int CACHE = 256 * 1024;

  /** Fetches and stores that packing a vector takes: a store fetches its cache line first. */
  private static final int PACK = 3;

  /** A vector of weights transposed, on top of packing it. */
  private static final double TURN = 24;

  /** A vector of a strip, woven float by float. */
  private static final double WEAVE = 40;

  /** A vector of Winograd's grid, transformed from inputs, or on its way to outputs or sums. */
  private static final double GRID_VECTOR = 16;

  /** A vector of weights added to an image that is being scattered to. */
  private static final double SCATTERED = 6;

  /** A scalar on its way there: what it adds to was often stored a moment ago. */
  private static final double SCATTER = 40;

  private static final int L = Lanes.COUNT;

  /** Positions of Winograd's grid, and weights of a 3 x 3 kernel. */
  private static final double GRID = 16;

  private static final double TAPS = 9;

  /** What is computed. */
  public enum Direction {
    FORWARD,
    INPUT_GRADIENT,
    /** The same where 2 x 2 maximum pooling follows the convolution. */
    POOLED_INPUT_GRADIENT,
    WEIGHT_GRADIENT
  }

  /** A way with its cost. */
  public record Estimate(ConvAlgorithm algorithm, double cost) {}

  private ConvCosts() {}

  /** All ways that serve a shape, the cheapest first. */
  public static List<Estimate> of(Direction direction, ConvShape s) {
    List<Estimate> ways = new ArrayList<>();
    for (ConvAlgorithm way : ConvAlgorithm.values()) {
      if (fits(way, direction, s)) {
        ways.add(new Estimate(way, cost(way, direction, s)));
      }
    }
    ways.sort(Comparator.comparingDouble(Estimate::cost));
    return ways;
  }

  /** The way that is likely to be the fastest. */
  public static ConvAlgorithm choose(Direction direction, ConvShape s) {
    return of(direction, s).getFirst().algorithm();
  }

  private static boolean fits(ConvAlgorithm way, Direction direction, ConvShape s) {
    boolean input =
        direction == Direction.INPUT_GRADIENT || direction == Direction.POOLED_INPUT_GRADIENT;
    boolean phases = input && s.stride() > 1;
    return switch (way) {
      case PATCHES -> direction != Direction.WEIGHT_GRADIENT && !phases;
      case STRIPS -> direction == Direction.FORWARD && s.stride() == 1 && s.kh() > 1;
      case PHASES -> phases;
      case SCATTER -> direction == Direction.POOLED_INPUT_GRADIENT;
      case OUTER_PRODUCTS -> direction == Direction.WEIGHT_GRADIENT;
      case WINOGRAD ->
          switch (direction) {
            case FORWARD -> WinogradSum.fits(s, s.c());
            case INPUT_GRADIENT, POOLED_INPUT_GRADIENT -> WinogradSum.fits(s, s.o());
            case WEIGHT_GRADIENT -> WinogradSum.fits(s, s.c()) && s.o() % L == 0;
          };
    };
  }

  private static double cost(ConvAlgorithm way, Direction direction, ConvShape s) {
    return switch (way) {
      case PATCHES -> direction == Direction.FORWARD ? patches(s) : phases(s);
      case STRIPS -> strips(s);
      case PHASES -> phases(s);
      case SCATTER -> scatter(s);
      case OUTER_PRODUCTS -> outerProducts(s);
      case WINOGRAD ->
          switch (direction) {
            case FORWARD -> winograd(s, s.c(), s.o(), s.outH(), s.outW(), 0);
            case INPUT_GRADIENT, POOLED_INPUT_GRADIENT ->
                winograd(s, s.o(), s.c(), s.h(), s.w(), TURN);
            case WEIGHT_GRADIENT -> winogradWeights(s);
          };
    };
  }

  private static double patches(ConvShape s) {
    double pixels = pixels(s.n(), s.outH(), s.outW());
    int length = s.kw() * s.c();
    int p = 2 * s.padding();
    double padded = pixels(s.n(), s.h() + p, s.w() + p) * s.c() / L;
    double share = PatchSum.share(s.stride(), s.o(), s.kh(), length, s.kw(), s.outW());
    return pixels * s.kh() * length * s.o() / L / share
        + COPY * padded
        + moved(weights(s), PACK + bands(pixels));
  }

  private static double strips(ConvShape s) {
    double pixels = pixels(s.n(), s.outH(), s.outW());
    int length = s.kh() * s.kw() * s.c();
    double woven = pixels(s.n(), s.outH(), s.outW() + s.kw() - 1) * s.kh() * s.c() / L;
    return pixels * length * s.o() / L / PatchSum.share(1, s.o(), 1, length, s.kw(), s.outW())
        + WEAVE * woven
        + moved(weights(s), PACK + bands(pixels));
  }

  /** An input gradient, phase by phase: one where the stride is 1. */
  private static double phases(ConvShape s) {
    double weights = (double) s.kh() * s.kw() * s.o() * vectors(s.c());
    int stride = s.stride();
    double bands = bands(pixels(s.n(), s.h(), s.w()) / (stride * stride));
    double cost = TURN * weights + moved(weights, PACK + bands);
    for (int i = 0; i < stride * stride; i++) {
      Phase row = Phase.of(i / stride, s.h(), s.kh(), stride, s.padding());
      Phase column = Phase.of(i % stride, s.w(), s.kw(), stride, s.padding());
      double pixels = pixels(s.n(), row.pixels(), column.pixels());
      int length = column.taps() * s.o();
      double padded = pixels(s.n(), row.width(), column.width()) * s.o() / L;
      if (length > 0) {
        double share = PatchSum.share(1, s.c(), row.taps(), length, column.taps(), column.pixels());
        cost += pixels * row.taps() * length * s.c() / L / share;
      }
      cost += COPY * (padded + (stride > 1 ? pixels * vectors(s.c()) : 0));
    }
    return cost;
  }

  private static double scatter(ConvShape s) {
    double scalars = pixels(s.n(), s.outH() / 2, s.outW() / 2) * s.o();
    double patch = s.kh() * (double) vectors(s.kw() * s.c());
    double image = pixels(s.n(), s.h(), s.w()) * s.c() / L;
    return scalars * (SCATTERED * patch + SCATTER) + 2 * COPY * image + TURN * patch * s.o();
  }

  private static double winograd(
      ConvShape s, int inputs, int outputs, int outH, int outW, double turn) {
    double tiles = pixels(s.n(), outH / 2, outW / 2);
    double weights = (double) inputs * vectors(outputs);
    return products(GRID * tiles * inputs, outputs, inputs)
        + GRID_VECTOR * GRID * tiles * (vectors(inputs) + vectors(outputs))
        + TAPS * turn * weights
        + moved(TAPS * weights, 1)
        + moved(GRID * weights, PACK + Math.max(1, tiles / WinogradSum.BAND_TILES));
  }

  private static double outerProducts(ConvShape s) {
    double pixels = pixels(s.n(), s.outH(), s.outW());
    int length = s.kw() * s.c();
    int p = 2 * s.padding();
    double padded = pixels(s.n(), s.h() + p, s.w() + p) * s.c() / L;
    double bands = Math.max(1, pixels / Conv2dWeightGradient.BAND_PIXELS);
    return pixels * s.kh() * length * s.o() / L / Tiles.weightGradientShare(length, s.o())
        + COPY * (padded + (Tiles.isWhole(length, s.o()) ? 0 : pixels * vectors(s.o())))
        + moved(weights(s), PACK * bands);
  }

  private static double winogradWeights(ConvShape s) {
    double tiles = pixels(s.n(), s.outH() / 2, s.outW() / 2);
    double weights = (double) s.c() * vectors(s.o());
    double bands = Math.max(1, tiles / WinogradWeightGradient.BAND_TILES);
    return GRID * tiles * s.c() * s.o() / L / Tiles.weightGradientShare(s.c(), s.o())
        + GRID_VECTOR * GRID * tiles * (vectors(s.c()) + vectors(s.o()))
        + moved(GRID * weights, PACK * bands + 1);
  }

  /** Multiply-adds of {@code terms} inputs with all outputs, by the tile's share of the peak. */
  private static double products(double terms, int outputs, int length) {
    return terms * outputs / L / Tiles.patchShare(outputs, length);
  }

  /** So many vectors of weights, each fetched or stored a number of times. */
  private static double moved(double vectors, double times) {
    return vectors * times * (vectors * L <= CACHE ? NEAR : FAR);
  }

  private static double pixels(int n, int rows, int columns) {
    return (double) n * rows * columns;
  }

  /** Bands of pixels, each of which fetches all weights. */
  private static double bands(double pixels) {
    return Math.max(1, pixels / PatchSum.BAND_PIXELS);
  }

  /** Vectors of the packed weights of a forward pass. */
  private static double weights(ConvShape s) {
    return (double) s.kh() * s.kw() * s.c() * vectors(s.o());
  }

  private static int vectors(int channels) {
    return Lanes.ceilDiv(channels, L);
  }
}
