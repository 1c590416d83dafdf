package engram.data;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A data set in one file, big-endian:
 *
 * <pre>
 * magic "ENGRAMIM", int version, UTF key, UTF description, int classes, UTF name of each class,
 * for train and test: int height, width, channels, size;
 * for train and test: int[size] labels, int[size] tracks, byte[size * height * width * channels];
 * long CRC32C of all the above
 * </pre>
 */
final class CacheFile {

  private static final long MAGIC = 0x454E4752414D494DL;

  /** Raise this whenever the layout above changes. */
  private static final int VERSION = 1;

  /** Far above any data set here; it only stops a damaged header. */
  private static final int MAX_CLASSES = 1 << 16;

  /** Bytes moved at a time: large enough to be quick, small enough to stay in the cache. */
  private static final int CHUNK = 1 << 18;

  private CacheFile() {}

  /** Thrown when a file cannot be used; the message says why. */
  static final class UnusableException extends IOException {
    UnusableException(String reason) {
      super(reason);
    }
  }

  static void write(OutputStream file, String key, Dataset dataset) throws IOException {
    var checked = new CheckedOutputStream(file, new CRC32C());
    var out = new DataOutputStream(new BufferedOutputStream(checked, CHUNK));
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.writeUTF(key);
    out.writeUTF(dataset.description());
    out.writeInt(dataset.classes());
    for (String name : dataset.classNames()) {
      out.writeUTF(name);
    }
    for (ImageSet set : List.of(dataset.train(), dataset.test())) {
      out.writeInt(set.height());
      out.writeInt(set.width());
      out.writeInt(set.channels());
      out.writeInt(set.size());
    }
    for (ImageSet set : List.of(dataset.train(), dataset.test())) {
      out.write(bytes(set.labels()));
      out.write(bytes(set.tracks()));
      for (int at = 0; at < set.pixels().length; at += CHUNK) {
        out.write(set.pixels(), at, Math.min(CHUNK, set.pixels().length - at));
      }
    }
    out.flush();
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  /** The data set in {@code path}, if it was written under {@code key} and is whole. */
  static Dataset read(Path path, String key) throws IOException {
    require(Files.isRegularFile(path), "it is no regular file");
    CRC32C checksum = new CRC32C();
    try (InputStream file = Files.newInputStream(path);
        var in = new DataInputStream(new CheckedInputStream(file, checksum))) {
      require(in.readLong() == MAGIC, "it is not an Engram cache");
      require(in.readInt() == VERSION, "another version of Engram wrote it");
      require(in.readUTF().equals(key), "the source data or the options have changed");
      String description = in.readUTF();
      int classes = in.readInt();
      require(classes >= 0 && classes <= MAX_CLASSES, "its header is damaged");
      List<String> names = new ArrayList<>();
      for (int i = 0; i < classes; i++) {
        names.add(in.readUTF());
      }
      Dimensions train = Dimensions.read(in);
      Dimensions test = Dimensions.read(in);
      // Before allocating anything that a damaged header asks for.
      require(train.bytes() + test.bytes() < Files.size(path), "its header does not fit its size");
      Dataset dataset = new Dataset(description, names, train.images(in), test.images(in));
      long expected = checksum.getValue();
      require(in.readLong() == expected && in.read() < 0, "its checksum is wrong");
      return dataset;
    }
  }

  private static void require(boolean condition, String otherwise) throws UnusableException {
    if (!condition) {
      throw new UnusableException(otherwise);
    }
  }

  /** Dimensions of one image set. */
  private record Dimensions(int height, int width, int channels, int size) {

    static Dimensions read(DataInputStream in) throws IOException {
      Dimensions dimensions =
          new Dimensions(in.readInt(), in.readInt(), in.readInt(), in.readInt());
      boolean plausible =
          dimensions.height > 0
              && dimensions.height <= 1 << 12
              && dimensions.width > 0
              && dimensions.width <= 1 << 12
              && dimensions.channels > 0
              && dimensions.channels <= 4
              && dimensions.size >= 0
              && dimensions.pixelBytes() <= Integer.MAX_VALUE - 8;
      require(plausible, "its header is damaged");
      return dimensions;
    }

    long pixelBytes() {
      return (long) height * width * channels * size;
    }

    long bytes() {
      return pixelBytes() + 2L * Integer.BYTES * size;
    }

    ImageSet images(DataInputStream in) throws IOException {
      int[] labels = ints(in, size);
      int[] tracks = ints(in, size);
      return new ImageSet(
          height, width, channels, fill(in, new byte[(int) pixelBytes()]), labels, tracks);
    }
  }

  private static byte[] bytes(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }

  private static int[] ints(DataInputStream in, int count) throws IOException {
    int[] values = new int[count];
    ByteBuffer.wrap(fill(in, new byte[count * Integer.BYTES])).asIntBuffer().get(values);
    return values;
  }

  private static byte[] fill(DataInputStream in, byte[] bytes) throws IOException {
    for (int at = 0; at < bytes.length; at += CHUNK) {
      in.readFully(bytes, at, Math.min(CHUNK, bytes.length - at));
    }
    return bytes;
  }
}
