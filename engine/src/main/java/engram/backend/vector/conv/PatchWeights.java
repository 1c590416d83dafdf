package engram.backend.vector.conv;

import engram.backend.vector.run.HostBuffer;
import java.util.Arrays;

/**
 * Weights {@code [kh, kw, c, o]} as a {@link ConvolutionSum} reads them: copied block by block of
 * its outputs, as they lie for a forward pass, turned by 180 degrees and transposed for an input
 * gradient.
 *
 * @param rows rows of the sum's patches
 * @param columns columns of the sum's patches
 * @param turned whether the sum runs over o and has outputs c
 * @param firstRow kernel row of the sum's first patch row
 * @param firstColumn kernel column of its first patch column
 * @param step kernel rows, and columns, from one patch row or column to the next
 */
record PatchWeights(
    HostBuffer w,
    ConvShape shape,
    int rows,
    int columns,
    boolean turned,
    int firstRow,
    int firstColumn,
    int step) {
  /** Rows and columns that are transposed at once: what a first-level cache holds. */
  private static final int TURN_ROWS = 8;

  private static final int TURN_COLUMNS = 16;

  /** Weights of a forward pass. */
  static PatchWeights of(ConvShape shape, HostBuffer w) {
    return new PatchWeights(w, shape, shape.kh(), shape.kw(), false, 0, 0, 1);
  }

  /** Channels of the images under a patch. */
  int inputs() {
    return turned ? shape.o() : shape.c();
  }

  /** Outputs of the sum. */
  int outputs() {
    return turned ? shape.c() : shape.o();
  }

  /**
   * Copies {@code [count, block]} weights of one patch pixel: inputs from {@code first} on, outputs
   * from {@code output} on, zeros after the last output.
   */
  void copy(
      int ky, int kx, int first, int count, int output, int block, float[] packed, int packedAt) {
    int tap = (firstRow + step * ky) * shape.kw() + firstColumn + step * kx;
    int used = Math.min(block, outputs() - output);
    int from = w.offset() + tap * shape.c() * shape.o();
    if (turned) {
      turn(from + output * shape.o() + first, count, used, block, packed, packedAt);
    } else {
      for (int i = 0; i < count; i++) {
        int at = from + (first + i) * shape.o() + output;
        System.arraycopy(w.data(), at, packed, packedAt + i * block, used);
      }
    }
    for (int i = 0; i < count && used < block; i++) {
      Arrays.fill(packed, packedAt + i * block + used, packedAt + (i + 1) * block, 0);
    }
  }

  private void turn(int from, int count, int used, int block, float[] packed, int packedAt) {
    for (int i = 0; i < count; i += TURN_COLUMNS) {
      int columns = Math.min(TURN_COLUMNS, count - i);
      int j = 0;
      for (; j + TURN_ROWS <= used; j += TURN_ROWS) {
        int at = from + j * shape.o() + i;
        turnEight(w.data(), at, shape.o(), columns, packed, packedAt + i * block + j, block);
      }
      for (; j < used; j++) {
        for (int k = 0; k < columns; k++) {
          packed[packedAt + (i + k) * block + j] = w.data()[from + j * shape.o() + i + k];
        }
      }
    }
  }

  private static void turnEight(
      float[] w, int at, int row, int columns, float[] packed, int packedAt, int block) {
    for (int k = 0; k < columns; k++) {
      int from = at + k;
      int to = packedAt + k * block;
      packed[to] = w[from];
      packed[to + 1] = w[from + row];
      packed[to + 2] = w[from + 2 * row];
      packed[to + 3] = w[from + 3 * row];
      packed[to + 4] = w[from + 4 * row];
      packed[to + 5] = w[from + 5 * row];
      packed[to + 6] = w[from + 6 * row];
      packed[to + 7] = w[from + 7 * row];
    }
  }
}
