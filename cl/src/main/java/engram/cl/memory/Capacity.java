package engram.cl.memory;

/** The rule that a memory's capacity keeps. */
final class Capacity {
  private Capacity() {}

  /** {@code images}, if it is a number of images that a memory can have. */
  static int require(int images) {
    if (images < 0) {
      throw new IllegalArgumentException(
          "memory capacity is %d images, must be 0 (no memory) or more".formatted(images));
    }
    return images;
  }
}
