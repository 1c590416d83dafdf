package engram.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Files that people and other programs made, read whole: regular files only, as a pipe or a device
 * may never end, and never more than a limit, whatever their size is said to be.
 */
public final class InputFile {
  private InputFile() {}

  /**
   * All bytes of a file.
   *
   * @param most bytes that such a file may have
   * @throws IOException naming the file, if it is none, is larger or cannot be read
   */
  public static byte[] read(Path file, int most) throws IOException {
    requireRegular(file);
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      byte[] bytes = size > most ? new byte[0] : in.readNBytes(most);
      if (size > most || in.read() >= 0) {
        throw new TooLargeException(file, Math.max(size, most + 1L), most);
      }
      return bytes;
    } catch (TooLargeException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("%s: cannot be read: %s".formatted(file, Reason.of(e)), e);
    }
  }

  /**
   * The text of a file in UTF-8, without the mark of byte order that some editors begin it with.
   *
   * @param most bytes that such a file may have
   * @throws IOException naming the file, if it is none, is larger, cannot be read or is not UTF-8
   */
  public static String readText(Path file, int most) throws IOException {
    byte[] bytes = read(file, most);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IOException("%s: the file is not UTF-8 text".formatted(file), e);
    }
  }

  /**
   * Checks that a file can be read to its end; links are followed.
   *
   * @throws IOException naming the file, if it is missing, a folder, a pipe or a device
   */
  public static void requireRegular(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("%s: %s, expected a regular file".formatted(file, kind(file)));
    }
  }

  /** What stands at a path where a regular file was expected, such as {@code a folder}. */
  public static String kind(Path path) {
    if (Files.isDirectory(path)) {
      return "this is a folder";
    }
    if (Files.exists(path)) {
      return "this is a pipe or a device";
    }
    return Files.isSymbolicLink(path)
        ? "this is a link that leads nowhere"
        : "there is no such file";
  }

  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(Path file, long size, int most) {
      super(
          String.format(
              Locale.ROOT, "%s: %,d bytes, expected at most %,d", file, size, (long) most));
    }
  }
}
