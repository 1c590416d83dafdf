package engram.backend.vector.tile;

import engram.backend.vector.run.Lanes;
import java.util.Comparator;
import java.util.List;

/**
 * Which register tile serves which width and shape: the one place to change after measuring on
 * another machine. Accumulators, loaded vectors and a broadcast must fit the registers: 32 with
 * AVX-512 and NEON, 16 with AVX2.
 *
 * <p>A tile that is the fastest when full may waste much of itself on a shape, so each is weighed
 * with its measured share of the multiply-add peak times the share of it that the shape fills.
 */
public final class Tiles {
  private Tiles() {}

  /** A tile with its share of the peak in percent: where the summed rows are long, and short. */
  private record Patch(PatchTile tile, int onLongRows, int onShortRows) {}

  /** A tile with its share of the peak in percent. */
  private record Outer(OuterTile tile, int share) {}

  /** Length from which the rows of a patch count as long. */
  private static final int LONG_ROW = 32;

  /** Sapphire Rapids, JDK 25, checks on, one thread; the interpreter's choice must be the same. */
  private static final List<Patch> WIDE_PATCHES =
      List.of(
          new Patch(new PatchTile5x4(), 97, 70),
          new Patch(new PatchTile12x2(), 96, 55),
          new Patch(new PatchTile8x2(), 80, 75),
          new Patch(new PatchTile8x1(), 50, 50));

  // A 12x2 tile reached 95 % here, but C1 gives up on a method of that size ("out of virtual
  // registers"), and in most processes it then stays in the interpreter for good.
  private static final List<Outer> WIDE_OUTERS =
      List.of(new Outer(new OuterTile8x2(), 80), new Outer(new OuterTile8x1(), 50));

  private static final List<TapTile> WIDE_TAPS =
      List.of(new TapTile3x6(), new TapTile3x2(), new TapTile5x1(), new TapTile1x1());

  private static final List<TapTile> NARROW_TAPS =
      List.of(
          new TapTile3x4(),
          new TapTile3x3(),
          new TapTile3x2(),
          new TapTile5x2(),
          new TapTile5x1(),
          new TapTile1x1());

  private static final List<Patch> NARROW_PATCHES =
      List.of(new Patch(new PatchTile5x2(), 90, 80), new Patch(new PatchTile8x1(), 60, 60));

  private static final List<Outer> NARROW_OUTERS =
      List.of(new Outer(new OuterTile5x2(), 90), new Outer(new OuterTile8x1(), 60));

  /**
   * Tile for sums over patches.
   *
   * @param channels output channels
   * @param length floats in a row of a patch
   */
  public static PatchTile patch(int channels, int length) {
    return (Lanes.bits() == 512 ? WIDE_PATCHES : NARROW_PATCHES)
        .stream()
            .max(
                Comparator.comparingDouble(
                    p ->
                        (length < LONG_ROW ? p.onShortRows() : p.onLongRows())
                            * filled(channels, p.tile().channels())))
            .orElseThrow()
            .tile();
  }

  /** Tile for sums of outer products with {@code rows x columns} outputs. */
  public static OuterTile outer(int rows, int columns) {
    return (Lanes.bits() == 512 ? WIDE_OUTERS : NARROW_OUTERS)
        .stream()
            .max(
                Comparator.comparingDouble(
                    o ->
                        o.share()
                            * filled(rows, o.tile().rows())
                            * filled(columns, o.tile().columns())))
            .orElseThrow()
            .tile();
  }

  /**
   * Tile for pooled weight gradients: its rows must divide {@code rows}, and more accumulators use
   * each loaded gradient more often.
   */
  public static TapTile tap(int rows, int length) {
    return (Lanes.bits() == 512 ? WIDE_TAPS : NARROW_TAPS)
        .stream()
            .filter(t -> rows % t.rows() == 0)
            .max(
                Comparator.comparingDouble(
                    t -> {
                      double accumulators = (double) t.rows() * t.columns() / Lanes.COUNT;
                      double used = accumulators * filled(length, t.columns());
                      return used / (accumulators + 2);
                    }))
            .orElseThrow();
  }

  /** Share of whole steps that {@code n} fills. */
  private static double filled(int n, int step) {
    return (double) n / Lanes.roundUp(n, step);
  }
}
