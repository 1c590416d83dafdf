package engram.data.idx;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What tells the members of MNIST's family apart. All are grey images in four files of IDX.
 *
 * @param name as on the command line
 * @param title for people
 * @param folder name that torchvision gives to its folder
 * @param trainPrefix name of the training files up to {@code -images-idx3-ubyte}
 * @param testPrefix the same of the test files
 * @param firstLabel number of the first class in the files
 * @param transposed whether rows and columns of the images are exchanged
 * @param classNames name of each class
 */
public record MnistForm(
    String name,
    String title,
    String folder,
    String trainPrefix,
    String testPrefix,
    int firstLabel,
    boolean transposed,
    List<String> classNames) {

  public MnistForm {
    classNames = List.copyOf(classNames);
  }

  private static final List<String> DIGITS = range('0', '9');

  /** Ten digits (LeCun, Bottou, Bengio, Haffner 1998). */
  public static final MnistForm MNIST = of("mnist", "MNIST", "MNIST", DIGITS);

  /** Ten kinds of clothes (Xiao, Rasul, Vollgraf 2017). */
  public static final MnistForm FASHION =
      of(
          "fashion-mnist",
          "Fashion-MNIST",
          "FashionMNIST",
          List.of(
              "T-shirt/top",
              "Trouser",
              "Pullover",
              "Dress",
              "Coat",
              "Sandal",
              "Shirt",
              "Sneaker",
              "Bag",
              "Ankle boot"));

  /** Ten cursive hiragana (Clanuwat et al. 2018). */
  public static final MnistForm KUZUSHIJI =
      of(
          "kmnist",
          "Kuzushiji-MNIST",
          "KMNIST",
          List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"));

  /** Names of the six parts of EMNIST. */
  public static final List<String> EMNIST_PARTS =
      List.of("balanced", "letters", "digits", "mnist", "byclass", "bymerge");

  private static MnistForm of(String name, String title, String folder, List<String> classNames) {
    return new MnistForm(name, title, folder, "train", "t10k", 0, false, classNames);
  }

  /**
   * A part of EMNIST (Cohen, Afshar, Tapson, van Schaik 2017), whose images are transposed in its
   * files and whose letters are counted from 1.
   *
   * @param part one of {@link #EMNIST_PARTS}
   */
  static MnistForm emnist(String part) {
    List<String> classNames =
        switch (part) {
          case "letters" -> range('a', 'z');
          case "digits", "mnist" -> DIGITS;
          case "byclass" -> join(DIGITS, range('A', 'Z'), range('a', 'z'));
          // Small letters that look like their capitals are one class with them.
          default -> join(DIGITS, range('A', 'Z'), List.of("abdefghnqrt".split("")));
        };
    return new MnistForm(
        "emnist",
        "EMNIST " + part,
        "EMNIST",
        "emnist-" + part + "-train",
        "emnist-" + part + "-test",
        part.equals("letters") ? 1 : 0,
        true,
        classNames);
  }

  private static List<String> range(char first, char last) {
    return IntStream.rangeClosed(first, last).mapToObj(Character::toString).toList();
  }

  private static List<String> join(List<String> a, List<String> b, List<String> c) {
    return Stream.of(a, b, c).flatMap(List::stream).toList();
  }
}
