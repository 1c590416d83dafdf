package engram.bench.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages bytes in the ways that disks, networks, editors and people with bad intentions do. */
final class Mutator {
  /** Longer inputs tell nothing new and cost time. */
  private static final int LONGEST = 1 << 16;

  private static final long[] ODD_NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    8,
    127,
    128,
    255,
    256,
    1000,
    4096,
    32_767,
    65_535,
    1 << 20,
    100_000_000,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final List<String> ODD_TEXTS =
      List.of(
          "0",
          "-1",
          "1e309",
          "NaN",
          "99999999999999999999",
          "2147483648",
          "0.5",
          "-0",
          "1_000",
          "\"",
          "'",
          ",",
          ";",
          "\t",
          "\r",
          "\n\n",
          "\0",
          "\uFEFF",
          "\u00e9",
          "\ud83d\ude00",
          "../",
          "{",
          "}",
          "[",
          "]",
          "[[[[[[[[",
          "&a ",
          "*a",
          "!!int ",
          "|",
          "%",
          "\\",
          "()",
          " x ",
          "null");

  private final SplittableRandom random;

  Mutator(SplittableRandom random) {
    this.random = random;
  }

  /** A copy of {@code bytes} with one to four faults; some take a piece of {@code other}. */
  byte[] mutate(byte[] bytes, byte[] other) {
    byte[] mutant = bytes;
    for (int faults = random.nextInt(random.nextInt(1, 5)) + 1; faults > 0; faults--) {
      mutant = fault(mutant, other);
    }
    return Arrays.copyOf(mutant, Math.min(mutant.length, LONGEST));
  }

  private byte[] fault(byte[] bytes, byte[] other) {
    if (bytes.length == 0) {
      return other;
    }
    int at = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, at + length());
    return switch (random.nextInt(11)) {
      case 0 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
      case 1 -> with(bytes, at, (byte) random.nextInt(256));
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> replaced(bytes, at, to, new byte[0]);
      case 4 -> repeated(bytes, at, to);
      case 5 -> number(bytes, at);
      case 6 -> replaced(bytes, at, at, oddText());
      case 7 -> replaced(bytes, at, endOfWord(bytes, at), oddText());
      case 8 -> spliced(bytes, at, other);
      case 9 -> exchanged(bytes, at, to);
      default -> replaced(bytes, at, at, noise());
    };
  }

  /** Mostly short. */
  private int length() {
    return 1 << random.nextInt(random.nextInt(1, 12));
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    byte[] copy = bytes.clone();
    copy[at] = value;
    return copy;
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    byte[] all = Arrays.copyOf(bytes, from + by.length + bytes.length - to);
    System.arraycopy(by, 0, all, from, by.length);
    System.arraycopy(bytes, to, all, from + by.length, bytes.length - to);
    return all;
  }

  private byte[] repeated(byte[] bytes, int from, int to) {
    int times = Math.min(1 << random.nextInt(random.nextInt(1, 13)), LONGEST / (to - from));
    byte[] block = new byte[times * (to - from)];
    for (int i = 0; i < times; i++) {
      System.arraycopy(bytes, from, block, i * (to - from), to - from);
    }
    return replaced(bytes, to, to, block);
  }

  /** A number of a header, of 1 to 8 bytes and either order. */
  private byte[] number(byte[] bytes, int at) {
    int size = Math.min(1 << random.nextInt(4), bytes.length - at);
    long value = ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)] + random.nextInt(-1, 2);
    boolean big = random.nextBoolean();
    ByteBuffer buffer =
        ByteBuffer.allocate(8).order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    byte[] all = buffer.putLong(value).array();
    byte[] copy = bytes.clone();
    System.arraycopy(all, big ? 8 - size : 0, copy, at, size);
    return copy;
  }

  private byte[] oddText() {
    return ODD_TEXTS.get(random.nextInt(ODD_TEXTS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static int endOfWord(byte[] bytes, int at) {
    int end = at;
    while (end < bytes.length && Character.isLetterOrDigit(bytes[end])) {
      end++;
    }
    return end;
  }

  private byte[] spliced(byte[] bytes, int at, byte[] other) {
    if (other.length == 0) {
      return bytes;
    }
    int from = random.nextInt(other.length);
    int to = random.nextBoolean() ? other.length : Math.min(other.length, from + length());
    return replaced(
        bytes, at, random.nextBoolean() ? bytes.length : at, Arrays.copyOfRange(other, from, to));
  }

  private byte[] exchanged(byte[] bytes, int from, int to) {
    byte[] block = Arrays.copyOfRange(bytes, from, to);
    byte[] without = replaced(bytes, from, to, new byte[0]);
    int at = random.nextInt(without.length + 1);
    return replaced(without, at, at, block);
  }

  private byte[] noise() {
    byte[] noise = new byte[length()];
    random.nextBytes(noise);
    return noise;
  }
}
