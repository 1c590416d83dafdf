package engram.data.idx;

import engram.data.DataException;
import engram.data.DataFile;
import engram.data.Dataset;
import engram.data.ImageSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.IntStream;

/**
 * MNIST, or a data set of its form: grey images and labels in four files of IDX, gzipped or not.
 * Images keep the order of the files; none shares a track with another.
 */
public final class Mnist {
  private static final String IMAGES = "-images-idx3-ubyte";
  private static final String LABELS = "-labels-idx1-ubyte";

  private final MnistForm form;
  private final MnistFiles files;
  private final Path path;

  private Mnist(Path path, MnistForm form, MnistFiles files) {
    this.path = path;
    this.form = form;
    this.files = files;
  }

  /**
   * The data at a path; nothing but names is read yet.
   *
   * @param path folder that holds the four files, or torchvision's above it
   * @throws DataException if one of the four is missing
   */
  public static Mnist at(Path path, MnistForm form) {
    MnistFiles files = MnistFiles.at(path, form);
    files.require(names(form), form);
    return new Mnist(path, form, files);
  }

  /**
   * A part of EMNIST.
   *
   * @param path folder or zip that holds the part, and after it the part's name where it holds
   *     several: {@code emnist/letters}
   * @throws DataException if it is not clear which part is meant, or one of its files is missing
   */
  public static Mnist emnist(Path path) {
    String last = String.valueOf(path.getFileName());
    boolean named = MnistForm.EMNIST_PARTS.contains(last) && !Files.exists(path);
    Path place = named ? path.resolveSibling("") : path;
    MnistFiles files = MnistFiles.at(place, MnistForm.emnist(named ? last : "balanced"));
    SortedSet<String> parts = files.emnistParts();
    if (!named && parts.size() > 1) {
      throw new DataException(
          path.toString(),
          "holds several parts of EMNIST: " + String.join(", ", parts),
          "Say which, such as  emnist:" + path.resolve(parts.first()));
    }
    MnistForm form = MnistForm.emnist(named ? last : parts.isEmpty() ? "balanced" : parts.first());
    files.require(names(form), form);
    return new Mnist(path, form, files);
  }

  private static List<String> names(MnistForm form) {
    return List.of(
        form.trainPrefix() + IMAGES,
        form.trainPrefix() + LABELS,
        form.testPrefix() + IMAGES,
        form.testPrefix() + LABELS);
  }

  /**
   * Reads all of it.
   *
   * @throws DataException naming the file and byte if something is damaged or does not fit
   */
  public Dataset load() {
    ImageSet train = read(form.trainPrefix(), 0);
    ImageSet test = read(form.testPrefix(), train.size());
    if (test.height() != train.height() || test.width() != train.width()) {
      throw new DataException(
          files.place().toString(),
          "training images are %d x %d, test images %d x %d, expected one size"
              .formatted(train.width(), train.height(), test.width(), test.height()),
          "The files may be of different data sets");
    }
    return new Dataset(form.title() + ", " + path, form.classNames(), train, test)
        .requireEveryClass(files.place().toString());
  }

  private ImageSet read(String prefix, int firstTrack) {
    IdxFile images;
    int[] labels;
    try (DataFile file = files.open(prefix + IMAGES)) {
      images = IdxFile.read(file, 3);
    }
    try (DataFile file = files.open(prefix + LABELS)) {
      labels = labels(file, images.sizes()[0], prefix + IMAGES);
    }
    int height = images.sizes()[1];
    int width = images.sizes()[2];
    int[] tracks = IntStream.range(firstTrack, firstTrack + labels.length).toArray();
    return form.transposed()
        ? new ImageSet(width, height, 1, transpose(images), labels, tracks)
        : new ImageSet(height, width, 1, images.values(), labels, tracks);
  }

  private int[] labels(DataFile file, int images, String imageFile) {
    byte[] values = IdxFile.read(file, 1).values();
    if (values.length != images) {
      throw new DataException(
          file.where(),
          "holds %,d labels, but %s holds %,d images".formatted(values.length, imageFile, images),
          "The two files belong to different data sets, or one is damaged: fetch both again");
    }
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (values[i] & 255) - form.firstLabel();
      if (labels[i] < 0 || labels[i] >= form.classNames().size()) {
        throw new DataException(
            file.where() + ", byte " + (8 + i),
            "the label of image %,d is %d, expected %d to %d"
                .formatted(
                    i,
                    values[i] & 255,
                    form.firstLabel(),
                    form.firstLabel() + form.classNames().size() - 1),
            "The file may be damaged, or not of " + form.title());
      }
    }
    return labels;
  }

  /** Exchanges rows and columns, image by image in place: EMNIST has up to 814,255 of them. */
  private static byte[] transpose(IdxFile images) {
    int rows = images.sizes()[1];
    int columns = images.sizes()[2];
    byte[] pixels = images.values();
    byte[] image = new byte[rows * columns];
    for (int start = 0; start < pixels.length; start += image.length) {
      System.arraycopy(pixels, start, image, 0, image.length);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          pixels[start + column * rows + row] = image[row * columns + column];
        }
      }
    }
    return pixels;
  }
}
