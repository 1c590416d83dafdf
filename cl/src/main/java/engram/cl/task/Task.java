package engram.cl.task;

/**
 * One step of incremental learning: the images that come, and the labels that they may have.
 *
 * @param index from 0
 * @param firstLabel the first label that its training images may have: where it brings classes, the
 *     number of classes met before; else 0
 * @param seenClasses number of labels met when it is done, one past the last that its training
 *     images may have
 * @param train its training images
 * @param test its test images
 */
public record Task(int index, int firstLabel, int seenClasses, Examples train, Examples test) {

  /** Number of labels that its training images may have; where it brings classes, of these. */
  public int newClasses() {
    return seenClasses - firstLabel;
  }
}
