package engram.data.cifar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.zip.GZIPOutputStream;

/** Data sets of CIFAR's form: noise, one image of each class in each file. */
final class SmallCifar {
  private SmallCifar() {}

  /** The files of CIFAR-10 by their names. */
  static SequencedMap<String, byte[]> cifar10() {
    SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        "batches.meta.txt",
        text("airplane automobile bird cat deer dog frog horse ship truck ").getBytes(ascii()));
    files.put("test_batch.bin", records(1, 10, 6));
    for (int i = 5; i >= 1; i--) { // an archive keeps no order
      files.put("data_batch_" + i + ".bin", records(1, 10, i));
    }
    return files;
  }

  /** The files of a CIFAR-100 of six fine and three coarse classes. */
  static SequencedMap<String, byte[]> cifar100() {
    SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    files.put("fine_label_names.txt", text("a b c d e f").getBytes(ascii()));
    files.put("coarse_label_names.txt", text("x y z").getBytes(ascii()));
    files.put("train.bin", records(2, 6, 1));
    files.put("test.bin", records(2, 6, 2));
    return files;
  }

  private static java.nio.charset.Charset ascii() {
    return StandardCharsets.US_ASCII;
  }

  private static String text(String names) {
    return names.replace(' ', '\n');
  }

  /** Labels and noise: the last label counts through the classes, one before it is half of it. */
  static byte[] records(int labels, int classes, int seed) {
    byte[] bytes = new byte[classes * (labels + 3072)];
    new Random(seed).nextBytes(bytes);
    for (int i = 0; i < classes; i++) {
      int start = i * (labels + 3072);
      bytes[start] = (byte) (i / 2);
      bytes[start + labels - 1] = (byte) i;
    }
    return bytes;
  }

  static Path folder(Path folder, Map<String, byte[]> files) {
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path archive(Path file, Map<String, byte[]> files) {
    return write(file, gzip(tar(files)));
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A tar archive with a folder, a note of a newer format, a Mac's shadow file and the files. */
  static byte[] tar(Map<String, byte[]> files) {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.writeBytes(header("cifar/", 0, '5'));
    tar.writeBytes(header("PaxHeader", 5, 'x'));
    tar.writeBytes(new byte[512]);
    files.forEach(
        (name, bytes) -> {
          tar.writeBytes(header("cifar/._" + name, 3, '0'));
          tar.writeBytes(new byte[512]);
          tar.writeBytes(header("cifar/" + name, bytes.length, '0'));
          tar.writeBytes(bytes);
          tar.writeBytes(new byte[(512 - bytes.length % 512) % 512]);
        });
    tar.writeBytes(new byte[1024]);
    return tar.toByteArray();
  }

  static byte[] header(String name, long size, char type) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, "%011o".formatted(size));
    header[156] = (byte) type;
    put(header, 257, "ustar");
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 255;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
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
