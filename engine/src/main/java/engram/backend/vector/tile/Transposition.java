package engram.backend.vector.tile;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Copies a part of a matrix turned over, in squares as wide as a vector.
 *
 * <p>A square is turned in place where it is to lie: first its quarters beside the diagonal change
 * places, then those of each quarter, down to single floats. What two rows exchange lies in both a
 * fixed number of lanes apart, so that a step is one shuffle of each and a choice between old and
 * new.
 */
public final class Transposition {
  private static final int L = Lanes.COUNT;

  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorMask<Float> UPPER_8 = upper(8);
  private static final VectorMask<Float> UPPER_4 = upper(4);
  private static final VectorMask<Float> UPPER_2 = upper(2);
  private static final VectorMask<Float> UPPER_1 = upper(1);

  private Transposition() {}

  /** Lanes in groups of {@code by}, neighbouring groups swapped. */
  private static VectorShuffle<Float> swap(int by) {
    return VectorShuffle.fromOp(SPECIES, i -> (i ^ by) % L);
  }

  /** The second of each two groups of {@code by} lanes. */
  private static VectorMask<Float> upper(int by) {
    long bits = 0;
    for (int i = 0; i < L; i++) {
      bits |= (i & by) == 0 ? 0 : 1L << i;
    }
    return VectorMask.fromLong(SPECIES, bits);
  }

  /**
   * {@code to[toAt + column * toRow + row] = from[fromAt + row * fromRow + column]}; the arrays
   * must not overlap.
   *
   * @param fromRow floats from one row of the source to the next
   * @param rows rows of the source
   * @param columns columns of the source
   * @param toRow floats from one row of the target to the next
   */
  public static void copy(
      float[] from,
      int fromAt,
      int fromRow,
      int rows,
      int columns,
      float[] to,
      int toAt,
      int toRow) {
    int wholeRows = rows - rows % L;
    int wholeColumns = columns - columns % L;
    for (int column = 0; column < wholeColumns; column += L) {
      for (int row = 0; row < wholeRows; row += L) {
        square(
            from, fromAt + row * fromRow + column, fromRow, to, toAt + column * toRow + row, toRow);
      }
    }
    for (int column = 0; column < columns; column++) {
      int first = column < wholeColumns ? wholeRows : 0;
      for (int row = first; row < rows; row++) {
        to[toAt + column * toRow + row] = from[fromAt + row * fromRow + column];
      }
    }
  }

  private static void square(
      float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
    if (L == 16) {
      step(8, SWAP_8, UPPER_8, from, fromAt, fromRow, to, toAt, toRow);
      step(4, SWAP_4, UPPER_4, to, toAt, toRow, to, toAt, toRow);
    } else if (L == 8) {
      step(4, SWAP_4, UPPER_4, from, fromAt, fromRow, to, toAt, toRow);
    }
    if (L == 4) {
      step(2, SWAP_2, UPPER_2, from, fromAt, fromRow, to, toAt, toRow);
    } else {
      step(2, SWAP_2, UPPER_2, to, toAt, toRow, to, toAt, toRow);
    }
    step(1, SWAP_1, UPPER_1, to, toAt, toRow, to, toAt, toRow);
  }

  /** Rows {@code by} apart exchange what lies on the wrong side of the diagonal. */
  private static void step(
      int by,
      VectorShuffle<Float> swap,
      VectorMask<Float> upper,
      float[] from,
      int fromAt,
      int fromRow,
      float[] to,
      int toAt,
      int toRow) {
    for (int i = 0; i < L / 2; i++) {
      int row = i % by + i / by * 2 * by;
      FloatVector a = FloatVector.fromArray(SPECIES, from, fromAt + row * fromRow);
      FloatVector b = FloatVector.fromArray(SPECIES, from, fromAt + (row + by) * fromRow);
      a.blend(b.rearrange(swap), upper).intoArray(to, toAt + row * toRow);
      a.rearrange(swap).blend(b, upper).intoArray(to, toAt + (row + by) * toRow);
    }
  }
}
