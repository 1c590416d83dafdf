package engram.data.idx;

import engram.data.DataException;
import engram.data.DataFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An array of unsigned bytes in IDX, the format of MNIST (LeCun, Cortes, Burges), big-endian:
 *
 * <pre>
 * byte 0, byte 0, byte type (8: unsigned bytes), byte dimensions; int size of each dimension; values
 * </pre>
 *
 * @param sizes of the dimensions, the first counting items
 * @param values last dimension fastest
 */
record IdxFile(int[] sizes, byte[] values) {

  private static final int UNSIGNED_BYTES = 8;

  private static final Map<Integer, String> OTHER_TYPES =
      Map.of(9, "signed bytes", 11, "shorts", 12, "ints", 13, "floats", 14, "doubles");

  /** Bound on rows and columns, as everywhere. */
  private static final int MAX_SIDE = 4096;

  /** Bound on all values: more than all 814,255 images of EMNIST. */
  private static final long MAX_VALUES = 1 << 30;

  private static final String REMEDY = "The file may be damaged: fetch it again";

  /**
   * Reads all of a file.
   *
   * @param dimensions that the array must have: 3 for images, 1 for labels
   * @throws DataException if it is no such array, is too short or too long
   */
  static IdxFile read(DataFile file, int dimensions) {
    byte[] magic = file.read(4);
    if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
      throw damaged(
          file, 0, "begins with %s, neither IDX nor gzip data of it".formatted(hex(magic)));
    }
    if (magic[2] != UNSIGNED_BYTES) {
      int type = magic[2] & 255;
      throw damaged(
          file,
          2,
          "its values are %s, expected unsigned bytes (type 8)"
              .formatted(OTHER_TYPES.getOrDefault(type, "of unknown type " + type)));
    }
    if (magic[3] != dimensions) {
      throw damaged(
          file,
          3,
          "an array of %d dimensions, expected %d: %s"
              .formatted(
                  magic[3] & 255,
                  dimensions,
                  dimensions == 3 ? "images, rows, columns" : "labels"));
    }
    byte[] header = file.read(4 * dimensions);
    if (header.length < 4 * dimensions) {
      throw damaged(file, 4 + header.length, "the file ends within its header");
    }
    int[] sizes = new int[dimensions];
    ByteBuffer.wrap(header).asIntBuffer().get(sizes);
    return new IdxFile(sizes, values(file, sizes));
  }

  private static byte[] values(DataFile file, int[] sizes) {
    String shape =
        Arrays.stream(sizes)
            .mapToObj(size -> String.format(Locale.ROOT, "%,d", size & 0xFFFFFFFFL))
            .collect(Collectors.joining(" x "));
    long count = 1;
    for (int i = 0; i < sizes.length; i++) {
      // A negative size is one of 2^31 or more, as sizes have no sign.
      if (sizes[i] < 1 || i > 0 && sizes[i] > MAX_SIDE) {
        throw damaged(
            file,
            4 + 4 * i,
            "its header says %s, expected 1 or more items of 1 to %,d rows and columns"
                .formatted(shape, MAX_SIDE));
      }
      count *= sizes[i];
    }
    int start = 4 + 4 * sizes.length;
    if (count > MAX_VALUES) {
      throw damaged(
          file, 4, "its header says %s, expected at most %,d values".formatted(shape, MAX_VALUES));
    }
    byte[] values = file.read((int) count);
    if (values.length < count) {
      throw damaged(
          file,
          start + values.length,
          "the file ends after %,d of the %,d values that its header says (%s)"
              .formatted(values.length, count, shape));
    }
    if (file.skip(1) > 0) {
      throw damaged(
          file,
          start + count,
          "more bytes follow the %,d values that its header says (%s)".formatted(count, shape));
    }
    return values;
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(text.isEmpty() ? "" : " ").append("%02x".formatted(b));
    }
    return text.isEmpty() ? "nothing" : text.toString();
  }

  private static DataException damaged(DataFile file, long at, String problem) {
    return new DataException(file.where() + ", byte " + at, problem, REMEDY);
  }
}
