package engram.backend.vector.conv;

import java.util.Arrays;

/**
 * How an image {@code [h, w, c]} is laid into scratch memory with its halo of zeros: row r and
 * column q of the scratch hold input pixel {@code (r - top, q - left)} where there is one, else
 * zero. Negative {@code top} or {@code left} crops.
 *
 * @param h image rows
 * @param w image columns
 * @param c channels
 * @param top zero rows above the image
 * @param left zero columns before the image
 * @param width columns of the scratch
 */
record PaddedImage(int h, int w, int c, int top, int left, int width) {

  /** Floats in one scratch row. */
  int rowLength() {
    return width * c;
  }

  /** Fills {@code rows} scratch rows from row {@code first} on. */
  void fill(float[] image, int imageAt, int first, int rows, float[] scratch, int scratchAt) {
    for (int row = 0; row < rows; row++) {
      int from = first + row - top;
      int at = scratchAt + row * rowLength();
      if (from < 0 || from >= h) {
        Arrays.fill(scratch, at, at + rowLength(), 0);
      } else {
        fillRow(image, imageAt + from * w * c, scratch, at);
      }
    }
  }

  private void fillRow(float[] image, int imageAt, float[] scratch, int at) {
    int skipped = Math.min(w, Math.max(0, -left));
    int start = Math.min(width, Math.max(0, left));
    int copied = Math.clamp(w - skipped, 0, width - start);
    Arrays.fill(scratch, at, at + start * c, 0);
    System.arraycopy(image, imageAt + skipped * c, scratch, at + start * c, copied * c);
    Arrays.fill(scratch, at + (start + copied) * c, at + width * c, 0);
  }
}
