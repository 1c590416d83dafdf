package engram.bench.record;

import engram.base.FolderLock;
import engram.base.Litter;
import engram.base.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of one run. No run ever lands in the folder of another, no two processes write in one,
 * and no reader ever sees half a file: each is written beside its place, forced to disk and
 * renamed.
 */
public final class RunFolder implements AutoCloseable {
  private final Path path;
  private final FolderLock lock;

  private RunFolder(Path path, FolderLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * A new folder {@code runN} in {@code runs}, N one above the highest there; two programs that
   * start at once get two folders.
   */
  public static RunFolder next(Path runs) throws IOException {
    return next(runs, "run");
  }

  /** The same with folders {@code NAME1}, {@code NAME2}, ... */
  public static RunFolder next(Path runs, String name) throws IOException {
    WholeFile.createDirectories(runs);
    int number = 1 + highest(runs, name);
    while (true) {
      try {
        return goOnIn(Files.createDirectory(runs.resolve(name + number)));
      } catch (FileAlreadyExistsException taken) {
        number++;
      }
    }
  }

  /**
   * The folder that a person named, created where it is missing.
   *
   * @param overwrite whether it may hold a former run, whose files are then deleted
   * @throws IOException if it holds a former run and {@code overwrite} is off, holds something that
   *     no run wrote, or if another process writes in it
   */
  public static RunFolder at(Path path, boolean overwrite) throws IOException {
    RunFolder folder = goOnIn(path);
    try {
      folder.empty(overwrite);
      return folder;
    } catch (IOException e) {
      try (folder) {
        throw e;
      }
    }
  }

  /**
   * Fails if {@link #at} would: for asking before anything that takes long. Deletes nothing, and
   * leaves what is not there uncreated.
   *
   * @throws IOException as {@link #at}, or if the folder cannot be created
   */
  public static void require(Path path, boolean overwrite) throws IOException {
    if (Files.exists(path)) {
      try (RunFolder folder = goOnIn(path)) {
        folder.formerFiles(overwrite);
      }
    } else {
      requireCreatable(path);
    }
  }

  /**
   * Fails if {@link #goOnIn} would, in the same manner.
   *
   * @throws IOException as {@link #goOnIn}, or if the folder cannot be created
   */
  public static void requireFree(Path path) throws IOException {
    if (Files.exists(path)) {
      goOnIn(path).close();
    } else {
      requireCreatable(path);
    }
  }

  /**
   * Fails if a folder is not there and cannot be made.
   *
   * @throws IOException naming what is in the way
   */
  public static void requireCreatable(Path path) throws IOException {
    Path above = path.toAbsolutePath().normalize();
    while (above.getParent() != null && !Files.exists(above)) {
      above = above.getParent();
    }
    if (!Files.isDirectory(above)) {
      throw new IOException("%s is a file, a folder is needed there".formatted(above));
    }
    if (!Files.isWritable(above)) {
      throw new IOException(
          "cannot create folder %s: %s cannot be written in".formatted(path, above));
    }
  }

  private void empty(boolean overwrite) throws IOException {
    for (Path file : formerFiles(overwrite)) {
      Files.delete(file);
    }
  }

  /** Files of a former run. */
  private List<Path> formerFiles(boolean overwrite) throws IOException {
    List<Path> present = new ArrayList<>();
    boolean begun = false;
    for (Path file : filesIn(path)) {
      String name = unixName(path.relativize(file));
      if (RunFiles.isWrittenByARun(name)) {
        present.add(file);
        begun |= !RunFiles.isOfAStart(name);
      } else if (!Litter.isLitter(name)) {
        throw new IOException(
            "%s holds files that no run wrote, such as %s: name a new or empty folder with --out"
                .formatted(path, path.relativize(file)));
      }
    }
    if (begun && !overwrite) {
      throw new IOException(
          "%s holds a former run: name another folder with --out, or replace it with --overwrite"
              .formatted(path));
    }
    return present;
  }

  /**
   * A folder in which a program goes on with what it began; created where it is missing.
   *
   * @throws IOException naming the owner, if another process writes in it
   */
  public static RunFolder goOnIn(Path path) throws IOException {
    WholeFile.createDirectories(path);
    try {
      return new RunFolder(path, FolderLock.take(path));
    } catch (FolderLock.InUse e) {
      throw new IOException(
          e.getMessage() + ": wait until it ends, or name another folder with --out", e);
    }
  }

  /** Lets another process write in it. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** Removes what a killed process left half-written. */
  public void removeParts() throws IOException {
    remove(name -> name.endsWith(".part"));
  }

  /** Removes what a run wrote, but for what it was begun with: options, card and environment. */
  public void removeResults() throws IOException {
    remove(name -> !Set.of(RunFiles.CONFIG, RunFiles.CARD, RunFiles.ENVIRONMENT).contains(name));
  }

  /** Removes pictures and the report, so that there is room for what is worth more. */
  public void removePictures() throws IOException {
    remove(name -> name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".html"));
  }

  private void remove(Predicate<String> which) throws IOException {
    for (Path file : filesIn(path)) {
      String name = unixName(path.relativize(file));
      if (RunFiles.isWrittenByARun(name) && which.test(name)) {
        Files.deleteIfExists(file);
      }
    }
  }

  public Path path() {
    return path;
  }

  /**
   * Writes or replaces a file, all or nothing.
   *
   * @param name path in the folder, for a run one of {@link RunFiles}
   */
  public void write(String name, WholeFile.Content content) throws IOException {
    WholeFile.write(path.resolve(name), content);
  }

  /** The same with a text, in UTF-8. */
  public void write(String name, String text) throws IOException {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static int highest(Path runs, String name) throws IOException {
    Pattern numbered = Pattern.compile(Pattern.quote(name) + "([0-9]{1,9})");
    try (Stream<Path> entries = Files.list(runs)) {
      return entries
          .map(entry -> numbered.matcher(String.valueOf(entry.getFileName())))
          .filter(found -> found.matches())
          .mapToInt(found -> Integer.parseInt(found.group(1)))
          .max()
          .orElse(0);
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(entry -> !Files.isDirectory(entry)).toList();
    }
  }

  private static String unixName(Path relative) {
    return relative.toString().replace('\\', '/');
  }
}
