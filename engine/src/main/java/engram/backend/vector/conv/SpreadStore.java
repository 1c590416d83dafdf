package engram.backend.vector.conv;

import engram.backend.vector.run.HostBuffer;

/**
 * Stores sums {@code stride} pixels apart: those of one phase of a strided convolution's input
 * gradient.
 *
 * @param y {@code [n, h, w, outputs]}
 * @param stride distance of neighbouring sums in y, both ways
 * @param firstRow row of y of the first row of sums
 * @param firstColumn column of y of the first column of sums
 */
record SpreadStore(
    HostBuffer y, int h, int w, int outputs, int stride, int firstRow, int firstColumn)
    implements SumStore {
  @Override
  public boolean isPlain() {
    return false;
  }

  @Override
  public float[] array() {
    return y.data();
  }

  @Override
  public int plainAt(int image, int row) {
    throw new AssertionError("sums that are spread");
  }

  @Override
  public void store(
      float[] sums, int sumsAt, int step, int image, int row, int rows, int first, int end) {
    int columns = (w - firstColumn + stride - 1) / stride;
    int length = Math.min(end, outputs) - first;
    for (int r = 0; r < rows; r++) {
      int pixel = (image * h + firstRow + (row + r) * stride) * w + firstColumn;
      for (int q = 0; q < columns; q++) {
        int from = sumsAt + (r * columns + q) * step + first;
        int to = y.offset() + (pixel + q * stride) * outputs + first;
        System.arraycopy(sums, from, y.data(), to, length);
      }
    }
  }
}
