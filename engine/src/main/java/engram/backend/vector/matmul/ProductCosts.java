package engram.backend.vector.matmul;

import engram.backend.vector.matmul.MatrixProduct.Shape;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.tile.DotProductTile;
import engram.backend.vector.tile.PatchTile;
import engram.backend.vector.tile.Tiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What each way of a product is likely to cost, from its shape and the vector width alone, so that
 * the choice, and with it the bits, is the same on any number of threads.
 *
 * <p>The unit is one multiply-add of vectors at the peak rate. Products cost one each, divided by
 * the share of the peak that their register tile reaches. What is moved beside them costs what the
 * table below says: measured, one thread, 512 bits (dot products also 128 and 256), against the
 * peak in the same process.
 */
public final class ProductCosts {
  /** A multiply-add of a dot product: half a load, which takes the longer the wider a vector. */
  private static final double DOT_TERM = 0.8 + 0.075 * Lanes.COUNT;

  /** The lanes of a dot product added up. */
  private static final double DOT_SUM = 16;

  /** A vector copied, of a matrix that lies in a second-level cache. */
  private static final double COPY = 8;

  /** The same of one that does not. */
  private static final double FAR_COPY = 24;

  /** A vector turned over on the way. */
  private static final double TURN = 24;

  /** The same of a matrix beyond the second-level cache. */
  private static final double FAR_TURN = 48;

  /** A float turned over by itself, where a matrix ends in less than a vector. */
  private static final double TURN_FLOAT = 5;

  private static final int L = Lanes.COUNT;
  private static final int SIDE = DotProductTile.SIDE;

  /** A way with its cost. */
  public record Estimate(ProductWay way, double cost) {}

  private ProductCosts() {}

  /** All ways that serve a shape, the cheapest first. */
  public static List<Estimate> of(Shape s) {
    List<Estimate> ways = new ArrayList<>();
    if (!s.transposeA() && s.transposeB()) {
      ways.add(new Estimate(ProductWay.DOT_PRODUCTS, dotProducts(s)));
    }
    ways.add(new Estimate(ProductWay.PANELS, panels(s)));
    double turnedOver = turned(s.n(), s.m());
    ways.add(new Estimate(ProductWay.TURNED_PANELS, panels(s.turned()) + turnedOver));
    ways.sort(Comparator.comparingDouble(Estimate::cost));
    return ways;
  }

  /** The way that is likely to be the fastest. */
  public static ProductWay choose(Shape s) {
    return of(s).getFirst().way();
  }

  private static double dotProducts(Shape s) {
    double rows = Lanes.roundUp(s.m(), SIDE);
    double columns = Lanes.roundUp(s.n(), SIDE);
    return DOT_TERM * rows * columns * s.k() / L + DOT_SUM * s.m() * s.n();
  }

  private static double panels(Shape s) {
    double products = (double) s.m() * s.n() * s.k() / L;
    double packed = moved(s.k(), s.n(), s.transposeB());
    if (LeftTile.readsColumns(s)) {
      return products / Tiles.weightGradientShare(s.m(), s.n()) + packed;
    }
    PatchTile tile = Tiles.patch(s.n(), s.k());
    double share = Tiles.patchShare(s.n(), s.k()) * s.m() / Lanes.roundUp(s.m(), tile.pixels());
    double copied = LeftRows.copies(s) ? moved(s.m(), s.k(), s.transposeA()) : 0;
    return products / share + packed + copied;
  }

  /** A matrix copied; where it is turned over, {@code columns} are those of the source. */
  private static double moved(int rows, int columns, boolean turns) {
    if (turns) {
      return turned(columns, rows);
    }
    return (double) rows * Lanes.ceilDiv(columns, L) * (isFar(rows, columns) ? FAR_COPY : COPY);
  }

  /** A matrix turned over. */
  private static double turned(int rows, int columns) {
    long whole = (long) (rows / L) * (columns / L); // squares
    double floats = (double) rows * columns - (double) whole * L * L;
    return (double) whole * L * (isFar(rows, columns) ? FAR_TURN : TURN) + floats * TURN_FLOAT;
  }

  private static boolean isFar(int rows, int columns) {
    return (long) rows * columns > LeftTile.CACHE;
  }
}
