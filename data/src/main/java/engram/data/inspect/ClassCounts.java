package engram.data.inspect;

import engram.data.Dataset;
import engram.data.ImageSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much of each class a data set holds.
 *
 * @param rows one for each class, by id
 */
public record ClassCounts(List<Row> rows) {

  public ClassCounts {
    rows = List.copyOf(rows);
  }

  /**
   * Counts of one class.
   *
   * @param label class id
   * @param name class name
   * @param train training images
   * @param trainTracks physical objects that they show; equals {@code train} where tracks are
   *     unknown, as in most data sets
   * @param test test images
   * @param testTracks physical objects that these show, likewise
   */
  public record Row(int label, String name, int train, int trainTracks, int test, int testTracks) {}

  /** Whether tracks of the training images are known: some object is on several images. */
  public boolean hasTrainTracks() {
    return rows.stream().anyMatch(row -> row.trainTracks() < row.train());
  }

  /** Whether tracks of the test images are known. */
  public boolean hasTestTracks() {
    return rows.stream().anyMatch(row -> row.testTracks() < row.test());
  }

  /** Counts the images and tracks of {@code data}. */
  public static ClassCounts of(Dataset data) {
    List<Row> rows = new ArrayList<>();
    for (int label = 0; label < data.classes(); label++) {
      rows.add(
          new Row(
              label,
              data.classNames().get(label),
              (int) indices(data.train(), label).count(),
              tracks(data.train(), label),
              (int) indices(data.test(), label).count(),
              tracks(data.test(), label)));
    }
    return new ClassCounts(rows);
  }

  private static int tracks(ImageSet images, int label) {
    return (int) indices(images, label).map(i -> images.tracks()[i]).distinct().count();
  }

  private static IntStream indices(ImageSet images, int label) {
    return IntStream.range(0, images.size()).filter(i -> images.labels()[i] == label);
  }
}
