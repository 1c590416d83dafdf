package engram.bench.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The right to run a unit, of one process on one machine, in a folder that many of them share.
 *
 * <p>Locks of the operating system do not hold on every shared disk, so this one needs only that
 * one of two who create a file of the same name at once is refused. The lock files of a unit are
 * numbered, and the one with the highest number says who may run it. Whoever finds that its owner
 * has given it up, or is dead, creates the next number: of several who find so, one does. No number
 * is deleted before the unit is done, so nobody can take one twice.
 *
 * <p>An owner writes its file anew every {@link #BEAT}. One on the same machine is dead when there
 * is no such process; one on another when its file is older than {@link #DEAD} by the clock of the
 * disk. An owner that was away so long, such as a laptop that slept, sees that it lost the unit.
 */
final class UnitLock implements AutoCloseable {
  static final Duration BEAT = Duration.ofSeconds(20);
  static final Duration DEAD = Duration.ofMinutes(3);

  private static final byte[] FREE = "free\n".getBytes(StandardCharsets.UTF_8);

  private final Path folder;
  private final String unit;
  private final int number;
  private boolean open = true;

  private UnitLock(Path folder, String unit, int number) {
    this.folder = folder;
    this.unit = unit;
    this.number = number;
  }

  /**
   * Takes the lock of a unit, unless another has it.
   *
   * @param folder of the lock files, which is there
   */
  static Optional<UnitLock> take(Path folder, String unit) throws IOException {
    int last = last(folder, unit);
    if (holder(folder, unit, last).isPresent()) {
      return Optional.empty();
    }
    UnitLock lock = new UnitLock(folder, unit, last + 1);
    try {
      Files.write(
          file(folder, unit, last + 1), Owner.here().toBytes(), StandardOpenOption.CREATE_NEW);
      return Optional.of(lock);
    } catch (FileAlreadyExistsException anotherWasFaster) {
      return Optional.empty();
    }
  }

  /** Who holds the lock of a unit, in words; empty if nobody does who lives. */
  static Optional<String> holder(Path folder, String unit) throws IOException {
    return holder(folder, unit, last(folder, unit));
  }

  private static Optional<String> holder(Path folder, String unit, int last) throws IOException {
    if (last == 0) {
      return Optional.empty();
    }
    Path file = file(folder, unit, last);
    byte[] text;
    FileTime written;
    try {
      text = Files.readAllBytes(file);
      written = Files.getLastModifiedTime(file);
    } catch (NoSuchFileException theUnitIsDone) {
      return Optional.empty();
    }
    if (java.util.Arrays.equals(text, FREE)) {
      return Optional.empty();
    }
    Optional<Owner> owner = Owner.of(text);
    boolean alive =
        owner.filter(Owner::isOnThisMachine).isPresent()
            ? owner.get().isAlive()
            : written.toInstant().isAfter(now(folder).minus(DEAD));
    return alive
        ? Optional.of(owner.map(Owner::toString).orElse("another process"))
        : Optional.empty();
  }

  /** By the clock that also dates the lock files. */
  private static Instant now(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, ".clock", ".part");
    try {
      return Files.getLastModifiedTime(probe).toInstant();
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /** The highest number of a unit's lock files, 0 where there is none. */
  private static int last(Path folder, String unit) throws IOException {
    return numbers(folder, unit).max().orElse(0);
  }

  private static IntStream numbers(Path folder, String unit) throws IOException {
    Pattern name = Pattern.compile(Pattern.quote(unit) + "\\.lock\\.(\\d{1,9})");
    try (Stream<Path> files = Files.list(folder)) {
      return IntStream.of(
          files
              .map(file -> name.matcher(String.valueOf(file.getFileName())))
              .filter(Matcher::matches)
              .mapToInt(found -> Integer.parseInt(found.group(1)))
              .toArray());
    }
  }

  private static Path file(Path folder, String unit, int number) {
    return folder.resolve("%s.lock.%d".formatted(unit, number));
  }

  /**
   * Says that the owner lives.
   *
   * @return whether it still holds the lock
   */
  synchronized boolean beat() throws IOException {
    if (!open || last(folder, unit) != number) {
      return false;
    }
    Files.write(file(folder, unit, number), Owner.here().toBytes(), StandardOpenOption.WRITE);
    return true;
  }

  /** The unit is done, for ever: its lock files go. */
  synchronized void done() throws IOException {
    open = false;
    for (int each : numbers(folder, unit).toArray()) {
      Files.deleteIfExists(file(folder, unit, each));
    }
  }

  /** Gives the unit to whoever comes next. */
  @Override
  public synchronized void close() throws IOException {
    if (open) {
      open = false;
      Files.write(
          file(folder, unit, number),
          FREE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
    }
  }
}
