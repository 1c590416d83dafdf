package engram.cl.strategy;

import engram.cl.stream.Batch;
import engram.random.CounterRandom;

/**
 * Copies of images, turned by 90, 180 and 270 degrees, each turn of a class being a class of its
 * own. Told apart, they make a network look at more than its few classes need (label augmentation,
 * Lee et al. 2020; for class-incremental learning PASS, Zhu et al. 2021).
 *
 * @param height of an image
 * @param width of an image; when it is not the height, there is the half turn alone
 */
record QuarterTurns(int height, int width) {

  /** Number of directions, upright among them. */
  int directions() {
    return height == width ? 4 : 2;
  }

  /**
   * Appends turned copies of all images of a batch, as they are there after augmentation: two of
   * three turns, or the half turn. Label k becomes {@code k + classes x turn}, turns counted from
   * 1.
   *
   * @param classes number of classes of upright images
   * @return how many images were appended
   */
  int append(Batch batch, int classes, CounterRandom random) {
    int upright = batch.size();
    for (int i = 0; i < upright; i++) {
      int left = directions() == 4 ? 1 + random.below(3, i) : 0;
      for (int turn = 1; turn < directions(); turn++) {
        if (turn != left) {
          int quarters = directions() == 4 ? turn : 2;
          append(batch, i, quarters, batch.labels()[i] + classes * turn);
        }
      }
    }
    return batch.size() - upright;
  }

  private void append(Batch batch, int image, int quarters, int label) {
    float[] pixels = batch.pixels();
    int elements = pixels.length / batch.capacity();
    int channels = elements / (height * width);
    int from = image * elements;
    int to = batch.append(label);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int pixel =
            switch (quarters) {
              case 1 -> x * width + width - 1 - y;
              case 2 -> (height - 1 - y) * width + width - 1 - x;
              default -> (height - 1 - x) * width + y;
            };
        System.arraycopy(
            pixels, from + pixel * channels, pixels, to + (y * width + x) * channels, channels);
      }
    }
  }
}
