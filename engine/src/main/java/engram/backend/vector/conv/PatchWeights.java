package engram.backend.vector.conv;

import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.tile.Transposition;
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
      int at = from + output * shape.o() + first;
      Transposition.copy(w.data(), at, shape.o(), used, count, packed, packedAt, block);
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
}
