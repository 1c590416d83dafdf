package engram.data;

import engram.base.InputFile;
import engram.base.Reason;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of a data set, read from its beginning to its end, unpacked on the way where it is gzip:
 * its first bytes tell, not its name. Only regular files are opened (a pipe would never end), and
 * no more memory is taken than there are bytes, whatever a header claims.
 */
public final class DataFile implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  /** Bytes that are taken on trust; beyond them memory only doubles what has come. */
  private static final int FIRST_BYTES = 1 << 18;

  private final String where;
  private final InputStream in;

  private DataFile(String where, InputStream in) {
    this.where = where;
    this.in = in;
  }

  /**
   * Opens a file.
   *
   * @throws DataException if it is missing, a folder or no regular file, or may not be read
   */
  public static DataFile open(Path file) {
    requireRegular(file);
    try {
      return of(file.toString(), Files.newInputStream(file));
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * The same of bytes that come from elsewhere.
   *
   * @param where how messages name it
   * @param raw closed with this file
   */
  public static DataFile of(String where, InputStream raw) {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    try {
      in.mark(2);
      boolean packed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return new DataFile(where, packed ? new GZIPInputStream(in, BUFFER) : in);
    } catch (IOException e) {
      try (raw) {
        throw unreadable(where, e);
      } catch (IOException onClosing) {
        throw unreadable(where, e);
      }
    }
  }

  /**
   * Checks that a file can be read to its end.
   *
   * @throws DataException if it is missing, a folder, a pipe or a device
   */
  public static void requireRegular(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          file.toString(), InputFile.kind(file) + ", expected a regular file", "Check the path");
    }
  }

  /** How messages name it. */
  public String where() {
    return where;
  }

  /**
   * The next bytes: {@code count} of them, or fewer where the file ends before.
   *
   * @param count how many a header promises, which may be anything
   */
  public byte[] read(int count) {
    try {
      byte[] bytes = new byte[Math.min(count, FIRST_BYTES)];
      int size = in.readNBytes(bytes, 0, bytes.length);
      while (size == bytes.length && size < count) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * size));
        size += in.readNBytes(bytes, size, bytes.length - size);
      }
      return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    } catch (IOException e) {
      throw unreadable(where, e);
    }
  }

  /** How many of the next {@code count} bytes there are; they are passed over. */
  public long skip(long count) {
    try {
      byte[] rest = new byte[(int) Math.min(count, BUFFER)];
      long skipped = 0;
      while (skipped < count) {
        int now = in.read(rest, 0, (int) Math.min(rest.length, count - skipped));
        if (now < 0) {
          break;
        }
        skipped += now;
      }
      return skipped;
    } catch (IOException e) {
      throw unreadable(where, e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // It was only read: nothing is lost.
    }
  }

  private static DataException unreadable(String where, IOException e) {
    return switch (e) {
      case EOFException _ ->
          new DataException(
              where,
              "ends within its gzip data",
              "The download may have stopped half way: fetch it again",
              e);
      case ZipException _ ->
          new DataException(
              where, "damaged gzip data: " + e.getMessage(), "Fetch the file again", e);
      default ->
          new DataException(
              where, "cannot be read: " + Reason.of(e), "Check that you may read it", e);
    };
  }
}
