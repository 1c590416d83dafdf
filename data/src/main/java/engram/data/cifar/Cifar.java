package engram.data.cifar;

import engram.base.Reason;
import engram.data.DataException;
import engram.data.DataFile;
import engram.data.DataSource;
import engram.data.Dataset;
import engram.data.ImageSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * CIFAR-10 or CIFAR-100 (Krizhevsky 2009: "Learning multiple layers of features from tiny images"),
 * from the binary version's archive or the folder that it unpacks into. An image is its labels and
 * 32 x 32 pixels, all red, then all green, then all blue. Images keep the order of the files; none
 * shares a track with another.
 */
public final class Cifar implements DataSource {

  /** Rows and columns of every image. */
  private static final int SIDE = 32;

  private static final int AREA = SIDE * SIDE;

  /** Raise this when the same files would give other bytes, so that cached ones are made again. */
  private static final int VERSION = 1;

  private static final int MOST_IMAGES = (Integer.MAX_VALUE - 8) / (3 * AREA);

  /** Bound on one file: ten times a batch of CIFAR-10, and more than all training images. */
  private static final int MAX_FILE_BYTES = 300_000_000;

  private final CifarForm form;
  private final Path path;
  private final Path place;

  private Cifar(Path path, CifarForm form, Path place) {
    this.path = path;
    this.form = form;
    this.place = place;
  }

  /**
   * The data at a path; nothing is read yet.
   *
   * @param path archive, or folder that holds it or its unpacked files
   * @throws DataException if nothing is there
   */
  public static Cifar at(Path path, CifarForm form) {
    if (!Files.exists(path)) {
      throw new DataException(
          path.toString(),
          "no such file or folder, expected " + form.title() + "'s archive or its folder",
          remedy(form));
    }
    if (!Files.isDirectory(path)) {
      DataFile.requireRegular(path);
      return new Cifar(path, form, path);
    }
    for (String below : List.of("", form.folder())) {
      if (Files.exists(path.resolve(below).resolve(form.test()))) {
        return new Cifar(path, form, path.resolve(below));
      }
    }
    for (String archive : List.of(archive(form), archive(form).replace(".gz", ""))) {
      if (Files.exists(path.resolve(archive))) {
        DataFile.requireRegular(path.resolve(archive));
        return new Cifar(path, form, path.resolve(archive));
      }
    }
    return new Cifar(path, form, path);
  }

  /** {@code cifar-10-binary.tar.gz}. */
  private static String archive(CifarForm form) {
    return form.folder().replace("-batches-bin", "-binary") + ".tar.gz";
  }

  /** Whether it has to be unpacked on the way, which takes seconds. */
  public boolean isPacked() {
    return !Files.isDirectory(place);
  }

  @Override
  public String key() {
    try {
      return "%s %d, %d bytes of %s"
          .formatted(
              form.name(),
              VERSION,
              Files.size(place),
              Files.getLastModifiedTime(place).toInstant());
    } catch (IOException e) {
      throw new DataException(
          place.toString(), "cannot be read: " + Reason.of(e), "Check that you may read it", e);
    }
  }

  @Override
  public Dataset load(int threads) {
    Map<String, byte[]> files = isPacked() ? unpack() : readFolder();
    List<String> classNames = classNames(take(files, form.classNames()));
    List<Batch> train = new ArrayList<>();
    for (String name : form.train()) {
      train.add(batch(name, take(files, name), classNames.size()));
    }
    ImageSet training = join(train, 0);
    Batch test = batch(form.test(), take(files, form.test()), classNames.size());
    return new Dataset(
            form.title() + ", " + path, classNames, training, join(List.of(test), training.size()))
        .requireEveryClass(place.toString());
  }

  /** Takes a file out, so that its bytes are freed when they have become pixels. */
  private static byte[] take(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.remove(name));
  }

  private Map<String, byte[]> unpack() {
    Map<String, byte[]> files = new HashMap<>();
    Set<String> met = new HashSet<>();
    try (DataFile archive = DataFile.open(place)) {
      TarFile tar = new TarFile(archive);
      for (Optional<TarFile.Entry> next; (next = tar.next()).isPresent(); ) {
        TarFile.Entry entry = next.get();
        met.add(entry.name());
        if (form.files().contains(entry.name())) {
          requireSize(entry.name(), entry.size());
          files.put(entry.name(), tar.read(entry));
        } else {
          tar.skip(entry);
        }
      }
    }
    require(met);
    return files;
  }

  private Map<String, byte[]> readFolder() {
    Set<String> met = new HashSet<>();
    for (String name : List.of("train.bin", "test_batch.bin", "data_batch_1", "train")) {
      if (Files.exists(place.resolve(name))) {
        met.add(name);
      }
    }
    // What torchvision unpacks below the folder that it is given.
    if (Files.exists(place.resolve("cifar-10-batches-py"))) {
      met.add("data_batch_1");
    }
    if (Files.exists(place.resolve("cifar-100-python"))) {
      met.add("train");
    }
    form.files().stream().filter(name -> Files.exists(place.resolve(name))).forEach(met::add);
    require(met);
    Map<String, byte[]> files = new HashMap<>();
    for (String name : form.files()) {
      try (DataFile file = DataFile.open(place.resolve(name))) {
        byte[] bytes = file.read(MAX_FILE_BYTES + 1);
        requireSize(name, bytes.length);
        files.put(name, bytes);
      }
    }
    return files;
  }

  private void requireSize(String name, long bytes) {
    if (bytes > MAX_FILE_BYTES) {
      throw damaged(name, "more than %,d bytes".formatted(MAX_FILE_BYTES));
    }
  }

  /** Refuses what lacks a file, and says what it seems to be instead. */
  private void require(Set<String> met) {
    List<String> missing = form.files().stream().filter(name -> !met.contains(name)).toList();
    if (missing.isEmpty()) {
      return;
    }
    boolean none = missing.size() == form.files().size();
    String remedy = remedy(form);
    if (none && met.contains("train.bin")) {
      remedy = "This looks like CIFAR-100: write  cifar100:" + path;
    } else if (none && met.contains("test_batch.bin")) {
      remedy = "This looks like CIFAR-10: write  cifar10:" + path;
    } else if (met.contains("data_batch_1") || met.contains("train")) {
      remedy =
          "This looks like the version for Python, the binary one is needed:  engram data fetch "
              + fetchName(form);
    }
    throw new DataException(
        place.toString(), "there is no %s in it".formatted(String.join(", no ", missing)), remedy);
  }

  private static String remedy(CifarForm form) {
    return "Check the path, or fetch the data with  engram data fetch " + fetchName(form);
  }

  private static String fetchName(CifarForm form) {
    return form.name().replace("-coarse", "");
  }

  private List<String> classNames(byte[] text) {
    List<String> names =
        new String(text, StandardCharsets.UTF_8)
            .replace("\uFEFF", "")
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    if (names.isEmpty() || names.size() > 256 || Set.copyOf(names).size() < names.size()) {
      throw damaged(
          form.classNames(),
          "%d names, expected a class name on each line, none twice".formatted(names.size()));
    }
    return names;
  }

  /** Images of one file, [image, row, column, channel]. */
  private record Batch(byte[] pixels, int[] labels) {}

  private Batch batch(String name, byte[] bytes, int classes) {
    int record = form.labels() + 3 * AREA;
    if (bytes.length == 0 || bytes.length % record != 0) {
      throw damaged(
          name,
          "%,d bytes, expected a multiple of %,d: %d of labels and 32 x 32 x 3 of pixels"
              .formatted(bytes.length, record, form.labels()));
    }
    int[] labels = new int[bytes.length / record];
    byte[] pixels = new byte[labels.length * 3 * AREA];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes[i * record + form.label()] & 255;
      if (labels[i] >= classes) {
        throw damaged(
            name + ", byte " + (i * record + form.label()),
            "the label of image %,d is %d, expected 0 to %d".formatted(i, labels[i], classes - 1));
      }
      int from = i * record + form.labels();
      int to = i * 3 * AREA;
      for (int pixel = 0; pixel < AREA; pixel++) {
        pixels[to++] = bytes[from + pixel];
        pixels[to++] = bytes[from + AREA + pixel];
        pixels[to++] = bytes[from + 2 * AREA + pixel];
      }
    }
    return new Batch(pixels, labels);
  }

  private ImageSet join(List<Batch> batches, int firstTrack) {
    long count = batches.stream().mapToLong(batch -> batch.labels.length).sum();
    if (count > MOST_IMAGES) {
      throw new DataException(
          place.toString(), "%,d images, expected at most %,d".formatted(count, MOST_IMAGES), "");
    }
    byte[] pixels = new byte[(int) count * 3 * AREA];
    int at = 0;
    for (Batch batch : batches) {
      System.arraycopy(batch.pixels, 0, pixels, at, batch.pixels.length);
      at += batch.pixels.length;
    }
    int[] labels = batches.stream().flatMapToInt(b -> IntStream.of(b.labels)).toArray();
    int[] tracks = IntStream.range(firstTrack, firstTrack + labels.length).toArray();
    return new ImageSet(SIDE, SIDE, 3, pixels, labels, tracks);
  }

  private DataException damaged(String file, String problem) {
    return new DataException(
        isPacked() ? place + "!" + file : place.resolve(file).toString(),
        problem,
        "The file may be damaged: fetch it again with  engram data fetch " + fetchName(form));
  }
}
