package engram.data.cifar;

import java.util.List;
import java.util.stream.Stream;

/**
 * A binary version of CIFAR: which files, and what stands before the pixels of each image.
 *
 * @param name as on the command line
 * @param title for people
 * @param folder into which the archive unpacks
 * @param train files of training images, in their order
 * @param test file of test images
 * @param classNames file of class names, one a line
 * @param labels bytes before the pixels of an image, each a label
 * @param label which of these to take
 */
public record CifarForm(
    String name,
    String title,
    String folder,
    List<String> train,
    String test,
    String classNames,
    int labels,
    int label) {

  public CifarForm {
    train = List.copyOf(train);
  }

  /** Ten classes. */
  public static final CifarForm CIFAR10 =
      new CifarForm(
          "cifar10",
          "CIFAR-10",
          "cifar-10-batches-bin",
          Stream.of(1, 2, 3, 4, 5).map(i -> "data_batch_" + i + ".bin").toList(),
          "test_batch.bin",
          "batches.meta.txt",
          1,
          0);

  /** A hundred classes. */
  public static final CifarForm CIFAR100 = cifar100("cifar100", "CIFAR-100", "fine", 1);

  /** The images of CIFAR-100 in twenty classes, each of five of the hundred. */
  public static final CifarForm CIFAR100_COARSE =
      cifar100("cifar100-coarse", "CIFAR-100, coarse labels", "coarse", 0);

  private static CifarForm cifar100(String name, String title, String labels, int label) {
    return new CifarForm(
        name,
        title,
        "cifar-100-binary",
        List.of("train.bin"),
        "test.bin",
        labels + "_label_names.txt",
        2,
        label);
  }

  /** All files that are read. */
  List<String> files() {
    return Stream.concat(train.stream(), Stream.of(test, classNames)).toList();
  }
}
