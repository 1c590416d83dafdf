package engram.data.fetch;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a data set comes from.
 *
 * @param base address that the names of the files are added to, ending in a slash
 * @param megabytes how much there is, for people
 * @param files all that is needed of it
 */
public record Origin(URI base, int megabytes, List<Item> files) {

  public Origin {
    files = List.copyOf(files);
  }

  /**
   * A file.
   *
   * @param name its name below the base address, and in the folder that it is brought to
   * @param md5 its checksum in lower-case hexadecimal, where its authors or torchvision publish one
   */
  public record Item(String name, Optional<String> md5) {

    /** A file with a checksum. */
    public Item(String name, String md5) {
      this(name, Optional.of(md5));
    }

    /** A file without one, which must then at least be a whole zip. */
    static Item unchecked(String name) {
      return new Item(name, Optional.empty());
    }
  }

  /** All 39,209 training images and the official test set, from the authors' archive. */
  public static final Origin GTSRB =
      of(
          "https://sid.erda.dk/public/archives/daaeac0d7ce1152aea9b61d9f1e19370/",
          370,
          Item.unchecked("GTSRB_Final_Training_Images.zip"),
          new Item("GTSRB_Final_Test_Images.zip", "c7e4e6327067d32654124b0fe9e82185"),
          new Item("GTSRB_Final_Test_GT.zip", "fe31e9c9270bbcd7b84b7f21a9d9d9e5"));

  /** The copy that torchvision fetches, as the authors' page is no longer reliable. */
  public static final Origin MNIST =
      idx(
          "https://ossci-datasets.s3.amazonaws.com/mnist/",
          12,
          "f68b3c2dcbeaaa9fbdd348bbdeb94873",
          "d53e105ee54ea40749a09fcbcd1e9432",
          "9fb629c4189551a2d022fa330f9573f3",
          "ec29112dd5afa0611ce80d1b7f02629c");

  public static final Origin FASHION_MNIST =
      idx(
          "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
          31,
          "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
          "25c81989df183df01b3e8a0aad5dffbe",
          "bef4ecab320f06d8554ea6380940ec79",
          "bb300cfdad3c16e7a12a480ee83cd310");

  public static final Origin KMNIST =
      idx(
          "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
          21,
          "bdb82020997e1d708af4cf47b453dcf7",
          "e144d726b3acfaa3e44228e80efcd344",
          "5c965bf0a639b31b8f53240b1b52f4d7",
          "7320c461ea6c1c855c0b718fb2a4b134");

  /** One zip of all six parts, read without unpacking it. */
  public static final Origin EMNIST =
      of(
          "https://biometrics.nist.gov/cs_links/EMNIST/",
          562,
          new Item("gzip.zip", "58c8d27c78d21e728a6bc7b3cc06412e"));

  public static final Origin CIFAR10 =
      of(
          "https://www.cs.toronto.edu/~kriz/",
          170,
          new Item("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530"));

  public static final Origin CIFAR100 =
      of(
          "https://www.cs.toronto.edu/~kriz/",
          169,
          new Item("cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8"));

  private static Origin of(String base, int megabytes, Item... files) {
    return new Origin(URI.create(base), megabytes, List.of(files));
  }

  /** The four files of MNIST's form: training images and labels, test images and labels. */
  private static Origin idx(String base, int megabytes, String... md5) {
    List<String> names = List.of("train-images", "train-labels", "t10k-images", "t10k-labels");
    Item[] items =
        Stream.of(0, 1, 2, 3)
            .map(
                i -> {
                  String kind = i % 2 == 0 ? "-idx3-ubyte.gz" : "-idx1-ubyte.gz";
                  return new Item(names.get(i) + kind, md5[i]);
                })
            .toArray(Item[]::new);
    return of(base, megabytes, items);
  }
}
