package engram.base;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that no reader ever sees half of: each is written beside its place, forced to disk and
 * renamed.
 */
public final class WholeFile {
  private WholeFile() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the caller flushes and closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes or replaces a file, all or nothing; folders on the way to it are created.
   *
   * @throws IOException naming the file and what the system said
   */
  public static void write(Path place, Content content) throws IOException {
    Path part = place.resolveSibling("." + place.getFileName() + ".part");
    try {
      createDirectories(place.toAbsolutePath().resolveSibling(""));
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw new IOException("cannot write %s: %s".formatted(place, reason(e)), e);
    }
  }

  /** Creates a folder with all above it; one that is there stays as it is. */
  public static void createDirectories(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException | NotDirectoryException e) {
      throw new IOException("%s is a file, a folder is needed there".formatted(folder), e);
    } catch (IOException e) {
      throw new IOException("cannot create folder %s: %s".formatted(folder, reason(e)), e);
    }
  }

  /** The system's words where it gave some; else the kind of failure, such as AccessDenied. */
  private static String reason(IOException e) {
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return kind.equals("IO") || e.getMessage() == null
        ? String.valueOf(e.getMessage())
        : kind + " " + e.getMessage();
  }
}
