package engram.base;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that no reader ever sees half of: each is written beside its place, forced to disk and
 * renamed. Of several who write the same file at once the last one wins, and each file is whole.
 */
public final class WholeFile {
  /** Nobody writes without a break of this length: such a part was left by one who was killed. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  /** Between a file's name and {@code .part}. */
  private static final String UNIQUE = "[0-9a-f]{8}";

  /** Before 0.1 a part was named by its process, and began with no dot. */
  private static final Pattern PART = Pattern.compile("\\.?(.+)\\.(" + UNIQUE + "|\\d+)\\.part");

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
    Path folder = folderOf(place);
    createDirectories(folder);
    String beside = "." + place.getFileName() + ".";
    String unique = "%08x".formatted(ThreadLocalRandom.current().nextInt());
    Path part = folder.resolve(beside + unique + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      rename(part, place);
    } catch (IOException e) {
      throw new IOException("cannot write %s: %s".formatted(place, Reason.of(e)), e);
    } finally {
      Files.deleteIfExists(part);
    }
    removeAbandoned(folder, Pattern.compile(Pattern.quote(beside) + UNIQUE + "\\.part"));
  }

  /**
   * Gives a file that is complete its name, also over an older one, when all of it is on disk.
   *
   * @param part the file, in the folder of {@code place}
   */
  public static void publish(Path part, Path place) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    rename(part, place);
  }

  private static void rename(Path part, Path place) throws IOException {
    Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(folderOf(place))) {
      folder.force(true);
    } catch (IOException e) {
      // Windows opens no folder: there the new name reaches the disk when the system likes.
    }
  }

  private static Path folderOf(Path place) {
    return place.toAbsolutePath().resolveSibling("");
  }

  /** Creates a folder with all above it; one that is there stays as it is. */
  public static void createDirectories(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException | NotDirectoryException e) {
      throw new IOException("%s is a file, a folder is needed there".formatted(folder), e);
    } catch (IOException e) {
      throw new IOException("cannot create folder %s: %s".formatted(folder, Reason.of(e)), e);
    }
  }

  /**
   * The file that was being written, if this is the name of what a killed writer left of it.
   *
   * @param name of a file, without its folder
   */
  public static Optional<String> nameOfPart(String name) {
    Matcher part = PART.matcher(name);
    return part.matches() ? Optional.of(part.group(1)) : Optional.empty();
  }

  /**
   * Deletes what killed writers left of any file in a folder; for a folder in which nobody else
   * writes, such as a cache.
   */
  public static void removeAbandoned(Path folder) {
    removeAbandoned(folder, PART);
  }

  private static void removeAbandoned(Path folder, Pattern names) {
    Instant limit = Instant.now().minus(ABANDONED);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (names.matcher(String.valueOf(file.getFileName())).matches()
            && Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // What was written is in place; the next who writes it may tidy up.
    }
  }
}
