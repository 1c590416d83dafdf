package engram.learn.pictures;

import engram.learn.api.Pictures;
import engram.learn.exercise.Verdict;
import engram.random.CounterRandom;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Grades a reader of IDX: files that are right, then files that are not. */
final class IdxCheck {
  private static final int HEADER = 16;

  private static final int PICTURES = 0x803;
  private static final int LABELS = 0x801;

  /** A size of 400 has two bytes that are not 0, and the lower one is above 127. */
  private static final List<int[]> SIZES =
      List.of(
          new int[] {1, 1, 1}, new int[] {2, 2, 3}, new int[] {3, 28, 28}, new int[] {400, 2, 1});

  private IdxCheck() {}

  static Verdict check(Pictures.Idx mine) {
    int pixels = 0;
    for (int[] sizes : SIZES) {
      byte[] file = file(PICTURES, sizes);
      Verdict.Failed where =
          Verdict.failed(
                  "a file of %d pictures, %d rows, %d columns"
                      .formatted(sizes[0], sizes[1], sizes[2]))
              .and("its first 16 bytes: " + hex(file));
      int[] received = Verdict.answer(where, () -> mine.sizes(file));
      if (!Arrays.equals(sizes, received)) {
        return where
            .and(
                "sizes: expected %s, received %s"
                    .formatted(Arrays.toString(sizes), Arrays.toString(received)))
            .likely(causeOfSizes(sizes, received));
      }
      Verdict wrong = pixels(mine, where, file, sizes);
      if (wrong instanceof Verdict.Failed) {
        return wrong;
      }
      pixels += file.length - HEADER;
    }
    int read = pixels;
    return refusals(mine)
        .then(() -> Verdict.passed("%d files read, %,d pixels".formatted(SIZES.size(), read)));
  }

  private static Verdict pixels(Pictures.Idx mine, Verdict.Failed where, byte[] file, int[] sizes) {
    int at = HEADER;
    for (int n = 0; n < sizes[0]; n++) {
      for (int r = 0; r < sizes[1]; r++) {
        for (int c = 0; c < sizes[2]; c++) {
          int picture = n;
          int row = r;
          int column = c;
          int expected = Byte.toUnsignedInt(file[at++]);
          Verdict.Failed asked = where.and("pixel(file, %d, %d, %d)".formatted(n, r, c));
          int received = Verdict.answer(asked, () -> mine.pixel(file, picture, row, column));
          if (received != expected) {
            return asked
                .expected(expected, received)
                .likely(causeOfPixel(file, sizes, n, r, c, received));
          }
        }
      }
    }
    return Verdict.passed("right");
  }

  private static String causeOfSizes(int[] sizes, int[] received) {
    if (received == null || received.length != sizes.length) {
      return "three numbers are expected: pictures, rows, columns";
    }
    int[] turned = Arrays.stream(sizes).map(Integer::reverseBytes).toArray();
    if (Arrays.equals(turned, received)) {
      return "the first byte of a number is the one of most weight";
    }
    if (Arrays.equals(Arrays.stream(sizes).map(size -> size & 0xff).toArray(), received)) {
      return "a number has four bytes, and this is the last of them alone";
    }
    if (received[0] == PICTURES) {
      return "bytes 0 to 3 are the magic number: the sizes come behind it";
    }
    return "a byte above 127 is negative in Java: (file[i] & 0xff) is what it means; then 4 bytes"
        + " make a number";
  }

  private static String causeOfPixel(byte[] file, int[] sizes, int n, int r, int c, int received) {
    int at = (n * sizes[1] + r) * sizes[2] + c;
    if (received < 0) {
      return "a byte above 127 is negative in Java: (b & 0xff) is what it means";
    }
    if (received == Byte.toUnsignedInt(file[at])) {
      return "the pixels begin behind the header of 16 bytes";
    }
    int turned = HEADER + (n * sizes[2] + c) * sizes[1] + r;
    return received == Byte.toUnsignedInt(file[Math.min(turned, file.length - 1)])
        ? "a picture lies row after row: the column is the last axis"
        : "its place is 16 + (picture, row, column) as an offset in [N, H, W]";
  }

  /** What is no file of pictures, by what it is. */
  private static SequencedMap<String, byte[]> others() {
    byte[] right = file(PICTURES, 2, 2, 3);
    byte[] floats = right.clone();
    floats[2] = 13;
    String page = "<!DOCTYPE html>....";
    String sizes = "2 pictures, 2 rows, 3 columns, ";
    SequencedMap<String, byte[]> others = new LinkedHashMap<>();
    others.put("a file of labels, magic 00 00 08 01", file(LABELS, 12));
    others.put("a file of floats, magic 00 00 0d 03", floats);
    others.put("text, " + page, page.getBytes(StandardCharsets.US_ASCII));
    others.put("a file cut off in its header, 9 bytes", cut(right, 9));
    others.put("an empty file", cut(right, 0));
    others.put(sizes + "but the last pixel is missing", cut(right, right.length - 1));
    others.put(sizes + "and a byte more than that", cut(right, right.length + 1));
    others.put("70,000 pictures of 65,536 x 65,536 in 16 bytes", tooLarge());
    return others;
  }

  private static Verdict refusals(Pictures.Idx mine) {
    SequencedMap<String, byte[]> others = others();
    return others.entrySet().stream()
        .map(other -> refused(mine, other.getKey(), other.getValue()))
        .filter(verdict -> verdict instanceof Verdict.Failed)
        .findFirst()
        .orElse(Verdict.passed("%d other files, each refused".formatted(others.size())));
  }

  private static Verdict refused(Pictures.Idx mine, String what, byte[] file) {
    Verdict.Failed failed = Verdict.failed(what);
    try {
      int[] received = mine.sizes(file);
      return failed
          .expected("an IllegalArgumentException", Arrays.toString(received))
          .likely(
              "a file is whole and no other if its magic number is 00 00 08 03 and it has exactly"
                  + " 16 + pictures rows columns bytes (as a long: the product may be large)");
    } catch (IllegalArgumentException e) {
      return e.getMessage() == null || e.getMessage().isBlank()
          ? failed.and("refused, but without a word: say what is wrong in the exception's message")
          : Verdict.passed(what);
    } catch (RuntimeException e) {
      return failed
          .expected("an IllegalArgumentException", e.getClass().getSimpleName())
          .likely("look how long the file is before you read from it");
    }
  }

  private static byte[] cut(byte[] file, int length) {
    return Arrays.copyOf(file, length);
  }

  /** As an int the product of its sizes is 0. */
  private static byte[] tooLarge() {
    ByteBuffer file = ByteBuffer.wrap(cut(file(PICTURES, 70_000, 0, 0), HEADER));
    return file.putInt(8, 65_536).putInt(12, 65_536).array();
  }

  private static byte[] file(int magic, int... sizes) {
    int count = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + count).putInt(magic);
    Arrays.stream(sizes).forEach(file::putInt);
    CounterRandom random = CounterRandom.of(count, "pixels");
    while (file.hasRemaining()) {
      file.put((byte) random.below(256, file.position()));
    }
    return file.array();
  }

  private static String hex(byte[] file) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < HEADER; i++) {
      text.append("%02x%s".formatted(file[i], i % 4 == 3 ? "  " : " "));
    }
    return text.toString().strip();
  }
}
