package engram.cl.memory;

/**
 * How many images a memory may hold.
 *
 * @param images 0 for a memory that stays empty
 * @param unit what they are counted for
 * @param compression how many images are kept in the bytes of one; 1 for images as they are
 */
public record Capacity(int images, Unit unit, int compression) {
  /** No image is kept in fewer bytes, unless it has fewer itself. */
  private static final int FEWEST_BYTES = 4;

  /** What a memory's size is said for. */
  public enum Unit {
    /** All images together: what an old class or task has shrinks as others come. */
    TOTAL,
    /** Each class met, and each task in which it was met: the memory grows with every class. */
    CLASS,
    /** Each task met: the memory grows with every task. */
    TASK
  }

  public Capacity {
    if (images < 0) {
      throw new IllegalArgumentException(
          "memory capacity is %d images, must be 0 (no memory) or more".formatted(images));
    }
    if (compression < 1) {
      throw new IllegalArgumentException(
          "memory compression is %d, must be 1 (none) or more".formatted(compression));
    }
  }

  /** So many images in all. */
  public static Capacity total(int images) {
    return new Capacity(images, Unit.TOTAL, 1);
  }

  /** So many images of each class. */
  public static Capacity perClass(int images) {
    return new Capacity(images, Unit.CLASS, 1);
  }

  /** So many images of each task. */
  public static Capacity perTask(int images) {
    return new Capacity(images, Unit.TASK, 1);
  }

  /** As many bytes for {@code times} as many images, each in so much fewer. */
  public Capacity compressed(int times) {
    return new Capacity(Math.multiplyExact(images, times), unit, compression * times);
  }

  /**
   * Bytes that an image is kept in.
   *
   * @param imageBytes bytes that it has
   */
  public int keptBytes(int imageBytes) {
    return Math.min(imageBytes, Math.max(FEWEST_BYTES, imageBytes / compression));
  }

  /** {@code "200"}, {@code "100 per class"}, {@code "2400 compressed by 12"}. */
  @Override
  public String toString() {
    String counted =
        switch (unit) {
          case TOTAL -> String.valueOf(images);
          case CLASS -> images + " per class";
          case TASK -> images + " per task";
        };
    return compression == 1 ? counted : counted + " compressed by " + compression;
  }
}
