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
}
