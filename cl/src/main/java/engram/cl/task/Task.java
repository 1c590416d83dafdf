package engram.cl.task;

/**
 * One step of class-incremental learning: new classes and their images.
 *
 * @param index from 0
 * @param firstLabel label of its first class, which is the number of classes met before
 * @param seenClasses number of classes met when it is done, one past its last label
 * @param train training images of its classes
 * @param test test images of its classes
 */
public record Task(int index, int firstLabel, int seenClasses, Examples train, Examples test) {

  /** Number of classes that it brings. */
  public int newClasses() {
    return seenClasses - firstLabel;
  }
}
