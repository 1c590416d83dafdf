package engram.backend.vector.tile;

import engram.backend.vector.run.Lanes;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Which register tile serves which processor and shape. The tiles and their shares of the
 * multiply-add peak stand in {@code TileTable}, from which the build writes them.
 *
 * <p>A tile that is the fastest when full may waste much of itself on a shape, so each is weighed
 * with its share of the peak times the share of it that the shape fills. The choice never touches
 * the bits: each sum has an accumulator of its own.
 */
public final class Tiles {
  /** Terms of a row with which the shares of short sums were measured. */
  private static final int SHORT_ROW = 16;

  /** The same of sliding tiles, in channels. */
  private static final int FEW_CHANNELS = 8;

  /** Vector registers of this process, 16 or 32. */
  static final int REGISTERS = registers(System.getProperty("os.arch", ""), Lanes.bits());

  private Tiles() {}

  /**
   * A tile with its share of the peak in percent.
   *
   * @param share where sums are long
   * @param shortShare where they are short
   */
  record Rated<T>(T tile, int share, int shortShare) {}

  /** Vector registers of a processor: 32 with NEON and AVX-512, 16 with SSE and AVX2. */
  static int registers(String architecture, int bits) {
    return architecture.equals("aarch64") || bits == 512 ? 32 : 16;
  }

  /**
   * Tile for sums over patches.
   *
   * @param channels output channels
   * @param length floats in a row of a patch
   */
  public static PatchTile patch(int channels, int length) {
    return best(patches(), p -> patchWorth(p, channels, length));
  }

  /** Share of the multiply-add peak, 0 to 1, that {@link #patch} reaches on useful channels. */
  public static double patchShare(int channels, int length) {
    return share(patches(), p -> patchWorth(p, channels, length));
  }

  /**
   * Tile for sums over patches that lie a pixel apart in rows of {@code width} pixels, under a
   * kernel of {@code taps} columns.
   */
  public static PatchTile neighbours(int channels, int length, int taps, int width) {
    return slides(channels, length, taps, width)
        ? best(sliding(), p -> slidingWorth(p, channels, length, taps, width))
        : patch(channels, length);
  }

  /** Share of the peak, 0 to 1, that {@link #neighbours} reaches on useful channels. */
  public static double neighboursShare(int channels, int length, int taps, int width) {
    return Math.max(
        patchShare(channels, length),
        share(sliding(), p -> slidingWorth(p, channels, length, taps, width)));
  }

  private static boolean slides(int channels, int length, int taps, int width) {
    return neighboursShare(channels, length, taps, width) > patchShare(channels, length);
  }

  private static List<Rated<PatchTile>> patches() {
    return REGISTERS == 32 ? Avx512AndNeonTiles.PATCH : Avx2Tiles.PATCH;
  }

  private static List<Rated<SlidingTile>> sliding() {
    return REGISTERS == 32 ? Avx512AndNeonTiles.SLIDING : Avx2Tiles.SLIDING;
  }

  private static double patchWorth(Rated<PatchTile> rated, int channels, int length) {
    return worth(rated, SHORT_ROW, length, channels);
  }

  private static double slidingWorth(
      Rated<SlidingTile> rated, int channels, int length, int taps, int width) {
    SlidingTile tile = rated.tile();
    return tile.taps() == taps && width % tile.pixels() == 0
        ? worth(rated, FEW_CHANNELS, length / taps, channels)
        : 0;
  }

  private static double worth(
      Rated<? extends PatchTile> rated, int shortRow, int length, int channels) {
    double term = 1.0 / rated.share();
    double start = shortRow * (1.0 / rated.shortShare() - term); // of a row's loop, in terms
    return filled(channels, rated.tile().channels()) / (term + start / length);
  }

  /** Tile for sums of outer products with {@code rows x columns} outputs. */
  public static WeightGradientTile weightGradient(int rows, int columns) {
    return best(weightGradients(), w -> sumWorth(w, rows, columns));
  }

  /** Share of the peak, 0 to 1, that {@link #weightGradient} reaches on useful sums. */
  public static double weightGradientShare(int rows, int columns) {
    return share(weightGradients(), w -> sumWorth(w, rows, columns));
  }

  /** Whether the output channels fill the columns of one {@link #weightGradient} tile. */
  public static boolean isWhole(int rows, int columns) {
    return weightGradient(rows, columns).columns() == columns;
  }

  private static List<Rated<WeightGradientTile>> weightGradients() {
    return REGISTERS == 32 ? Avx512AndNeonTiles.WEIGHT_GRADIENT : Avx2Tiles.WEIGHT_GRADIENT;
  }

  private static double sumWorth(Rated<WeightGradientTile> rated, int rows, int columns) {
    WeightGradientTile tile = rated.tile();
    return rated.share() * filled(rows, tile.rows()) * filled(columns, tile.columns());
  }

  /** Tile for pooled weight gradients: its rows must divide {@code rows}. */
  public static PooledWeightGradientTile pooledWeightGradient(int rows, int length) {
    return best(
        REGISTERS == 32
            ? Avx512AndNeonTiles.POOLED_WEIGHT_GRADIENT
            : Avx2Tiles.POOLED_WEIGHT_GRADIENT,
        p -> rows % p.tile().rows() == 0 ? p.share() * filled(length, p.tile().columns()) : -1);
  }

  private static <T> double share(List<Rated<T>> tiles, ToDoubleFunction<Rated<T>> worth) {
    return tiles.stream().mapToDouble(worth).max().orElseThrow() / 100;
  }

  private static <T> T best(List<Rated<T>> tiles, ToDoubleFunction<Rated<T>> worth) {
    return tiles.stream().max(Comparator.comparingDouble(worth)).orElseThrow().tile();
  }

  /** Share of whole steps that {@code n} fills. */
  private static double filled(int n, int step) {
    return (double) n / Lanes.roundUp(n, step);
  }
}
