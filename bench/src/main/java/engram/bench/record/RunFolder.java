package engram.bench.record;

import engram.base.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of one run. No run ever lands in the folder of another, and no reader ever sees half a
 * file: each is written beside its place, forced to disk and renamed.
 */
public final class RunFolder {
  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
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
        return new RunFolder(Files.createDirectory(runs.resolve(name + number)));
      } catch (FileAlreadyExistsException taken) {
        number++;
      }
    }
  }

  /**
   * The folder that a person named, created where it is missing.
   *
   * @param overwrite whether it may hold a former run, whose files are then deleted
   * @throws IOException if it holds a former run and {@code overwrite} is off, or holds something
   *     that no run wrote
   */
  public static RunFolder at(Path path, boolean overwrite) throws IOException {
    WholeFile.createDirectories(path);
    List<Path> present = filesIn(path);
    List<Path> foreign =
        present.stream()
            .filter(file -> !RunFiles.isWrittenByARun(unixName(path.relativize(file))))
            .toList();
    if (!foreign.isEmpty()) {
      throw new IOException(
          "%s holds files that no run wrote, such as %s: name a new or empty folder with --out"
              .formatted(path, path.relativize(foreign.getFirst())));
    }
    if (!present.isEmpty() && !overwrite) {
      throw new IOException(
          "%s holds a former run: name another folder with --out, or replace it with --overwrite"
              .formatted(path));
    }
    for (Path file : present) {
      Files.delete(file);
    }
    return new RunFolder(path);
  }

  /** A folder in which a program goes on with what it began; created where it is missing. */
  public static RunFolder goOnIn(Path path) throws IOException {
    WholeFile.createDirectories(path);
    return new RunFolder(path);
  }

  /** Removes what a killed process left half-written. */
  public void removeParts() throws IOException {
    remove(name -> name.endsWith(".part"));
  }

  /** Removes what a run wrote, but for what it was begun with: options, card and environment. */
  public void removeResults() throws IOException {
    remove(name -> !Set.of(RunFiles.CONFIG, RunFiles.CARD, RunFiles.ENVIRONMENT).contains(name));
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
