package engram.data;

import java.util.List;

/**
 * A classification task: training and test images of the same classes.
 *
 * @param description one line for people, such as {@code "generated signs, seed 1"}
 * @param classNames name of each class; its size is the number of classes
 * @param train images to learn from
 * @param test images to measure on, of tracks that {@code train} does not hold
 */
public record Dataset(String description, List<String> classNames, ImageSet train, ImageSet test) {

  public Dataset {
    classNames = List.copyOf(classNames);
  }

  /** Number of classes. */
  public int classes() {
    return classNames.size();
  }

  /**
   * This data set, if each class has images to learn from and to measure on.
   *
   * @param where how the message names the data
   * @throws DataException naming the first class that has none
   */
  public Dataset requireEveryClass(String where) {
    requireEveryClass(where, train, "training");
    requireEveryClass(where, test, "test");
    return this;
  }

  private void requireEveryClass(String where, ImageSet set, String part) {
    boolean[] seen = new boolean[classes()];
    for (int label : set.labels()) {
      seen[label] = true;
    }
    for (int label = 0; label < seen.length; label++) {
      if (!seen[label]) {
        throw new DataException(
            where,
            "class %d, \"%s\", has no %s images".formatted(label, classNames.get(label), part),
            "Each class needs at least one image in both parts");
      }
    }
  }
}
