package engram.cl.memory;

/**
 * How many images a memory may hold.
 *
 * @param images 0 for a memory that stays empty
 * @param unit what they are counted for
 */
public record Capacity(int images, Unit unit) {

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
  }

  /** So many images in all. */
  public static Capacity total(int images) {
    return new Capacity(images, Unit.TOTAL);
  }

  /** So many images of each class. */
  public static Capacity perClass(int images) {
    return new Capacity(images, Unit.CLASS);
  }

  /** So many images of each task. */
  public static Capacity perTask(int images) {
    return new Capacity(images, Unit.TASK);
  }

  /** {@code "200"}, {@code "100 per class"}. */
  @Override
  public String toString() {
    return switch (unit) {
      case TOTAL -> String.valueOf(images);
      case CLASS -> images + " per class";
      case TASK -> images + " per task";
    };
  }
}
