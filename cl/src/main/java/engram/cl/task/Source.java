package engram.cl.task;

import engram.data.ImageSet;

/**
 * Where the pixels of examples are, and the order in which they are read.
 *
 * @param images holds the pixels
 * @param order position in the stored image of each pixel; of length 0 for the order stored
 */
record Source(ImageSet images, int[] order) {
  /** Images as they are stored. */
  Source(ImageSet images) {
    this(images, new int[0]);
  }

  boolean asStored() {
    return order.length == 0;
  }

  /** Copies the bytes of image {@code index}; the channels of a pixel stay together. */
  void copy(int index, byte[] target, int to) {
    int from = index * images.imageBytes();
    if (asStored()) {
      System.arraycopy(images.pixels(), from, target, to, images.imageBytes());
      return;
    }
    int channels = images.channels();
    for (int p = 0; p < order.length; p++) {
      for (int c = 0; c < channels; c++) {
        target[to + p * channels + c] = images.pixels()[from + order[p] * channels + c];
      }
    }
  }
}
