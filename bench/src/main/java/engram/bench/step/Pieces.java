package engram.bench.step;

import engram.graph.Graph;
import java.util.stream.IntStream;

/**
 * Which values are a piece of another, the same floats bit for bit: a weight is a piece of all
 * parameters.
 *
 * @param whole for each value the one of which it is a piece, else itself
 * @param from its first element in there
 */
record Pieces(int[] whole, int[] from) {

  /**
   * Finds them.
   *
   * @param zero values that need no place and are no piece
   */
  static Pieces of(Capture run, boolean[] zero) {
    Pieces pieces = new Pieces(new int[run.size()], new int[run.size()]);
    for (int i = 0; i < run.size(); i++) {
      pieces.whole[i] = i;
      for (int other = 0; other < run.size() && !zero[i]; other++) {
        int from = from(run, i, other);
        if (larger(run, other, pieces.whole[i]) && same(run.value(i), run.value(other), from)) {
          pieces.whole[i] = other;
          pieces.from[i] = from;
        }
      }
    }
    return pieces;
  }

  /** Where a value lies in the storage of another; 0 where that is no storage of its own. */
  private static int from(Capture run, int value, int other) {
    Graph.Place here = run.place(value);
    Graph.Place there = run.place(other);
    return here.root().equals(there.root()) ? here.offset() - there.offset() : 0;
  }

  private static boolean larger(Capture run, int value, int than) {
    int difference = run.value(value).length - run.value(than).length;
    return difference > 0 || (difference == 0 && value < than);
  }

  private static boolean same(float[] piece, float[] whole, int from) {
    if (from < 0 || from + piece.length > whole.length) {
      return false;
    }
    for (int i = 0; i < piece.length; i++) {
      if (Float.floatToRawIntBits(piece[i]) != Float.floatToRawIntBits(whole[from + i])) {
        return false;
      }
    }
    return true;
  }

  boolean isPiece(int value) {
    return whole[value] != value;
  }

  boolean hasPieces(int value) {
    return IntStream.range(0, whole.length).anyMatch(i -> i != value && whole[i] == value);
  }

  /** There is no room for a value: its pieces are values of their own. */
  void release(int value) {
    for (int i = 0; i < whole.length; i++) {
      if (whole[i] == value) {
        whole[i] = i;
        from[i] = 0;
      }
    }
  }
}
