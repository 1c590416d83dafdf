package engram.base;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that one process writes in a folder; another one is refused and told who that is.
 *
 * <p>The operating system holds it, as a lock on an open file, so that it ends with its owner
 * however that ends: what a killed process leaves is taken over. The text in the file is only for
 * the message. The file itself stays, empty: were it deleted, a process that opened it before could
 * lock what is no longer there.
 */
public final class FolderLock implements AutoCloseable {
  /** Name of the file in the folder. */
  public static final String NAME = ".lock";

  /** Behind the text: Windows lets nobody read what is locked. */
  private static final long LOCKED_BYTE = 1 << 20;

  /** Of this process. To open and close the file once more would end the lock on some systems. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  /** Another holds the lock; the message names the folder and the owner. */
  public static final class InUse extends IOException {
    private static final long serialVersionUID = 1;

    private InUse(Path folder, String owner) {
      super("%s is in use by %s".formatted(folder, owner.isEmpty() ? "another process" : owner));
    }
  }

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder that is there.
   *
   * @throws InUse if another holds it
   * @throws IOException naming the file, if it cannot be made
   */
  public static FolderLock take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      throw new InUse(folder, owner());
    }
    Optional<FolderLock> lock = Optional.empty();
    try {
      FileChannel channel = open(real.resolve(NAME));
      if (!isMine(channel)) {
        try (channel) {
          throw new InUse(folder, textIn(channel));
        }
      }
      lock = Optional.of(new FolderLock(real, channel));
      sign(channel);
      return lock.get();
    } finally {
      if (lock.isEmpty()) {
        HELD.remove(real);
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException("cannot write %s: %s".formatted(file, Reason.of(e)), e);
    }
  }

  private static void sign(FileChannel channel) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(owner().getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      // A full disk: it is locked all the same, only by nobody's name.
    }
  }

  private static boolean isMine(FileChannel channel) {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (IOException e) {
      return true; // a file system without locks, as some shared ones are: nobody can be refused
    }
  }

  private static String textIn(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(1000);
    int length = Math.max(0, channel.read(text, 0));
    return new String(text.array(), 0, length, StandardCharsets.UTF_8).strip();
  }

  private static String owner() {
    return "process %d on %s since %s"
        .formatted(
            ProcessHandle.current().pid(), host(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** From the system's own file where there is one: the network may take seconds to tell. */
  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException noLinux) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "this machine";
      }
    }
  }

  /** Lets the folder go. Closing twice is allowed. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try (channel) {
        channel.truncate(0);
      } finally {
        HELD.remove(folder);
      }
    }
  }
}
