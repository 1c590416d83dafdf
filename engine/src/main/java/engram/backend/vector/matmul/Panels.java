package engram.backend.vector.matmul;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.tile.Transposition;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The right matrix of a product in working memory, as register tiles read it: {@code [panels, k,
 * columns]}, where columns are those of a tile, padded with zeros. All workers share the panels, or
 * each packs its own.
 */
final class Panels {
  /** Terms of a panel that one task packs, at least. */
  private static final int TERMS = 128;

  private final HostBuffer b;
  private final int n;
  private final int k;
  private final boolean transposed;
  private final int columns;
  private final Scratch scratch;
  private final int count;
  private final int parts;
  private final int terms;

  /**
   * Binds a matrix.
   *
   * @param b {@code [k, n]}, or {@code [n, k]} if transposed
   * @param columns of a panel, whole vectors
   * @param scratch holds the panels
   * @param tasks into how many packing should be cut
   */
  Panels(MatrixProduct.Shape shape, HostBuffer b, int columns, Scratch scratch, int tasks) {
    this.b = b;
    this.columns = columns;
    this.scratch = scratch;
    n = shape.n();
    k = shape.k();
    transposed = shape.transposeB();
    count = Lanes.ceilDiv(n, columns);
    int wanted = Math.min(Lanes.ceilDiv(tasks, count), Lanes.ceilDiv(k, TERMS));
    terms = Lanes.roundUp(Lanes.ceilDiv(k, wanted), Lanes.COUNT);
    parts = Lanes.ceilDiv(k, terms);
  }

  int count() {
    return count;
  }

  int floats() {
    return Math.toIntExact((long) count * k * columns);
  }

  /** Where a panel begins, if the first begins at {@code start}. */
  int at(int panel, int start) {
    return start + panel * k * columns;
  }

  /** Tasks of packing. */
  int tasks() {
    return count * parts;
  }

  /** Packs all of it. */
  void pack(int start) {
    for (int task = 0; task < tasks(); task++) {
      pack(task, start);
    }
  }

  /** Packs some terms of a panel; the first panel begins at {@code start}. */
  void pack(int task, int start) {
    int panel = task / parts;
    int from = task % parts * terms;
    int end = Math.min(k, from + terms);
    int first = panel * columns;
    int used = Math.min(columns, n - first);
    int to = at(panel, start);
    if (transposed) {
      packColumns(first, used, from, end, to);
    } else if (used == columns) {
      packRows(first, from, end, to);
    } else {
      packLastRows(first, used, from, end, to);
    }
  }

  private void packRows(int first, int from, int end, int to) {
    float[] source = b.data();
    float[] packed = scratch.array();
    for (int row = from; row < end; row++) {
      int at = b.offset() + row * n + first;
      for (int j = 0; j < columns; j += Lanes.COUNT) {
        FloatVector.fromArray(SPECIES, source, at + j).intoArray(packed, to + row * columns + j);
      }
    }
  }

  private void packLastRows(int first, int used, int from, int end, int to) {
    float[] packed = scratch.array();
    for (int row = from; row < end; row++) {
      int at = to + row * columns;
      System.arraycopy(b.data(), b.offset() + row * n + first, packed, at, used);
      Arrays.fill(packed, at + used, at + columns, 0);
    }
  }

  private void packColumns(int first, int used, int from, int end, int to) {
    float[] packed = scratch.array();
    int source = b.offset() + first * k + from;
    int target = to + from * columns;
    Transposition.copy(b.data(), source, k, used, end - from, packed, target, columns);
    for (int row = from; row < end && used < columns; row++) {
      Arrays.fill(packed, to + row * columns + used, to + (row + 1) * columns, 0);
    }
  }
}
