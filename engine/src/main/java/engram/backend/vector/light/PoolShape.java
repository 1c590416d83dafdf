package engram.backend.vector.light;

/**
 * Geometry of a pooling: images [height, width, channels] -> [outHeight, outWidth, channels] by
 * kernel x kernel windows.
 */
public record PoolShape(
    int kernel, int stride, int height, int width, int outHeight, int outWidth, int channels) {

  /** First window, along one axis, that holds pixel {@code at}. */
  int firstWindow(int at) {
    return Math.max(0, (at - kernel + stride) / stride);
  }

  /** Last window that holds pixel {@code at}, of {@code windows}; below the first if none does. */
  int lastWindow(int at, int windows) {
    return Math.min(windows - 1, at / stride);
  }

  /** Elements of one image row. */
  int rowLength() {
    return width * channels;
  }

  /** Elements of one row of maxima. */
  int outRowLength() {
    return outWidth * channels;
  }
}
