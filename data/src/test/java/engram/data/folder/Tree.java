package engram.data.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes small folders of pictures. */
record Tree(Path root) {

  /** Two classes of five whole pictures each, together. */
  static Tree pets(Path folder) {
    return new Tree(folder.resolve("pets")).fill("cat", 5, 10).fill("dog", 5, 20);
  }

  /** The same of one picture each, divided. */
  static Tree divided(Path folder) {
    return new Tree(folder.resolve("pets"))
        .fill("train/cat", 1, 1)
        .fill("train/dog", 1, 2)
        .fill("test/cat", 1, 3)
        .fill("test/dog", 1, 4);
  }

  /** Pictures whose every sample is {@code value}. */
  static byte[] grey(int width, int height, int value) {
    return pnm("P5", width, height, width * height, value);
  }

  static byte[] colour(int width, int height, int value) {
    return pnm("P6", width, height, width * height * 3, value);
  }

  private static byte[] pnm(String magic, int width, int height, int samples, int value) {
    byte[] header =
        "%s %d %d 255\n".formatted(magic, width, height).getBytes(StandardCharsets.ISO_8859_1);
    byte[] file = Arrays.copyOf(header, header.length + samples);
    Arrays.fill(file, header.length, file.length, (byte) value);
    return file;
  }

  Tree put(String name, byte[] bytes) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Tree put(String name, String text) {
    return put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code count} grey pictures of 2 x 3 in a folder, with values from {@code first} on. */
  Tree fill(String folder, int count, int first) {
    for (int i = 0; i < count; i++) {
      put("%s/%03d.pgm".formatted(folder, i), grey(2, 3, first + i));
    }
    return this;
  }

  Tree folder(String name) {
    try {
      Files.createDirectories(root.resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of it in a zip, every name behind {@code prefix}. */
  Path zip(Path zip, String prefix) {
    try (var paths = Files.walk(root);
        var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path path : paths.sorted().toList()) {
        String name = prefix + root.relativize(path).toString().replace('\\', '/');
        if (Files.isDirectory(path)) {
          if (!name.isEmpty()) {
            out.putNextEntry(new ZipEntry(name.endsWith("/") ? name : name + "/"));
          }
        } else {
          out.putNextEntry(new ZipEntry(name));
          out.write(Files.readAllBytes(path));
        }
      }
      return zip;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
