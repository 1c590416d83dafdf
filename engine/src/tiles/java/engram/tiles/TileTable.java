package engram.tiles;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every register tile of the vector backend, and which processors use it: the one page to change
 * after measuring on another machine. Each line below becomes a class.
 *
 * <p>A tile keeps {@code rows x vectors} sums in registers, beside the vectors that it loads and
 * one that it broadcasts: with 16 registers (SSE, AVX2) up to 12 sums, with 32 (AVX-512, NEON) up
 * to 24.
 *
 * <p>The shares are percents of the multiply-add peak, as {@code TileShares} among the engine's
 * tests prints them: the best of 200 short rounds in which peak and tiles take turns, one thread,
 * JDK 25, on an Intel Xeon with AVX-512 (family 6, model 207). The 16 registers were measured there
 * with vectors of 256 bits, the 32 with 512; two processes agreed within four points at 256 bits.
 * NEON has not been measured.
 */
final class TileTable {
  private TileTable() {}

  /** What a tile sums; the interface of the same name says it in a formula. */
  enum Kind {
    /** Patches times weights: forward convolution, its input gradient, matrix product. */
    PATCH("PatchTile", "pixel", "vector of output channels"),
    /** The same for neighbouring pixels of a row: an input serves all columns of the kernel. */
    SLIDING("SlidingTile", "pixel", "vector of output channels"),
    /** Outer products of input and output gradient: a convolution's weight gradient. */
    WEIGHT_GRADIENT("WeightGradientTile", "row", "vector of columns"),
    /** The same where 2 x 2 pooling follows, and most output gradients are zero. */
    POOLED_WEIGHT_GRADIENT("PooledWeightGradientTile", "kernel row", "vector");

    final String type;
    final String row;
    final String vector;

    Kind(String type, String row, String vector) {
      this.type = type;
      this.row = row;
      this.vector = vector;
    }
  }

  /**
   * A register tile.
   *
   * @param rows rows of sums
   * @param vectors vectors in a row
   * @param unroll steps of the inner loop that are written out; of a sliding tile, the kernel's
   *     columns
   */
  record Tile(Kind kind, int rows, int vectors, int unroll) {
    String name() {
      return "%s%dx%d%s"
          .formatted(kind.type, rows, vectors, kind == Kind.SLIDING ? "x" + unroll : "");
    }
  }

  /**
   * A tile with its share of the peak in percent.
   *
   * @param share over long sums: 64 terms of a patch, 64 pixels, 64 windows
   * @param shortShare over short ones: 16 terms of a patch
   */
  record Line(Tile tile, int share, int shortShare) {}

  /**
   * The tiles of some processors.
   *
   * @param name class that lists them
   * @param serves for which processors, as its comment says
   */
  record Table(String name, String serves, List<Line> lines) {
    Stream<Line> of(Kind kind) {
      return lines.stream().filter(line -> line.tile.kind == kind);
    }
  }

  static final Table SIXTEEN_REGISTERS =
      new Table(
          "Avx2Tiles",
          "processors with 16 vector registers: x86 with SSE or AVX2",
          List.of(
              patch(5, 2, 1, 74, 57),
              patch(8, 1, 2, 68, 45),
              sliding(8, 1, 3, 81, 75),
              sliding(7, 1, 3, 74, 68),
              sliding(4, 2, 3, 83, 78),
              sliding(8, 1, 5, 83, 76),
              sliding(10, 1, 5, 89, 79),
              sliding(7, 1, 5, 76, 70),
              weightGradient(5, 2, 87),
              weightGradient(8, 1, 75),
              pooledWeightGradient(3, 4, 46),
              pooledWeightGradient(3, 3, 46),
              pooledWeightGradient(3, 2, 38),
              pooledWeightGradient(5, 2, 42),
              pooledWeightGradient(5, 1, 35),
              pooledWeightGradient(1, 1, 13)));

  // Not a weight gradient tile of 12 x 2: C1 gives up on a method of that size ("out of virtual
  // registers"), and in most processes it then stays in the interpreter for good.
  static final Table THIRTY_TWO_REGISTERS =
      new Table(
          "Avx512AndNeonTiles",
          "processors with 32 vector registers: x86 with AVX-512, ARM with NEON",
          List.of(
              patch(5, 4, 2, 94, 76),
              patch(12, 2, 2, 91, 69),
              patch(8, 2, 1, 79, 63),
              patch(8, 1, 2, 69, 43),
              sliding(8, 1, 3, 82, 74),
              sliding(14, 1, 3, 77, 50),
              sliding(7, 1, 3, 75, 68),
              sliding(7, 2, 3, 88, 86),
              sliding(8, 2, 3, 96, 89),
              sliding(8, 1, 5, 83, 76),
              sliding(10, 1, 5, 88, 78),
              sliding(14, 1, 5, 81, 57),
              sliding(7, 1, 5, 74, 69),
              sliding(8, 2, 5, 86, 80),
              sliding(7, 2, 5, 78, 62),
              weightGradient(8, 2, 96),
              weightGradient(8, 1, 74),
              pooledWeightGradient(3, 6, 59),
              pooledWeightGradient(3, 2, 41),
              pooledWeightGradient(5, 4, 54),
              pooledWeightGradient(5, 2, 43),
              pooledWeightGradient(5, 1, 38),
              pooledWeightGradient(1, 1, 13)));

  /** Rows of a, and rows of b, of the one tile of dot products; all processors use it. */
  static final int DOT_PRODUCT_SIDE = 4;

  /** Chains of multiply-adds that measure the peak: latency times units, and some more. */
  static final int FMA_CHAINS = 12;

  static final List<Table> TABLES = List.of(SIXTEEN_REGISTERS, THIRTY_TWO_REGISTERS);

  private static Line patch(int pixels, int vectors, int unroll, int share, int shortShare) {
    return new Line(new Tile(Kind.PATCH, pixels, vectors, unroll), share, shortShare);
  }

  private static Line sliding(int pixels, int vectors, int taps, int share, int shortShare) {
    return new Line(new Tile(Kind.SLIDING, pixels, vectors, taps), share, shortShare);
  }

  private static Line weightGradient(int rows, int vectors, int share) {
    return new Line(new Tile(Kind.WEIGHT_GRADIENT, rows, vectors, 1), share, share);
  }

  private static Line pooledWeightGradient(int rows, int vectors, int share) {
    return new Line(new Tile(Kind.POOLED_WEIGHT_GRADIENT, rows, vectors, 1), share, share);
  }
}
