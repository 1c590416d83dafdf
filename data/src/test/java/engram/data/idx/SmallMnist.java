package engram.data.idx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Data sets of MNIST's form: noise of 2 rows and 3 columns, two images of each class. */
final class SmallMnist {
  static final List<String> NAMES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  private SmallMnist() {}

  /** Writes the four files, or those of a part of EMNIST, gzipped or not. */
  static Path write(Path folder, boolean packed) {
    return write(folder, "train", "t10k", 10, 0, packed);
  }

  static Path emnist(Path folder, String part, int classes, int firstLabel) {
    String prefix = "emnist-" + part;
    return write(folder, prefix + "-train", prefix + "-test", classes, firstLabel, true);
  }

  private static Path write(
      Path folder, String train, String test, int classes, int firstLabel, boolean packed) {
    int seed = 1;
    for (String prefix : List.of(train, test)) {
      byte[] pixels = new byte[2 * classes * 6];
      new Random(seed++).nextBytes(pixels);
      byte[] labels = new byte[2 * classes];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (byte) (i % classes + firstLabel);
      }
      put(folder, prefix + "-images-idx3-ubyte", idx(pixels, 2 * classes, 2, 3), packed);
      put(folder, prefix + "-labels-idx1-ubyte", idx(labels, 2 * classes), packed);
    }
    return folder;
  }

  /** An array of unsigned bytes in IDX. */
  static byte[] idx(byte[] values, int... sizes) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + values.length);
    bytes.put(new byte[] {0, 0, 8, (byte) sizes.length});
    for (int size : sizes) {
      bytes.putInt(size);
    }
    return bytes.put(values).array();
  }

  static void put(Path folder, String name, byte[] bytes, boolean packed) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(packed ? name + ".gz" : name), packed ? gzip(bytes) : bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
