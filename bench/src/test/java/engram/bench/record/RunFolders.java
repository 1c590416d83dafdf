package engram.bench.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.base.FolderLock;
import engram.bench.file.CsvIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares whole folders of runs: every file has to have the same bytes but for times and what the
 * process took, which are known by the names of their columns, fields and sections. {@code
 * env.json}, which says where and when a run was made, has to be there in both.
 */
public final class RunFolders {
  private static final Set<String> MEASURED =
      Set.of("seconds", "images_per_second", "process_peak_bytes");

  private RunFolders() {}

  /** Fails naming the file that is missing, or not the same, or should not be there. */
  public static void assertSame(Path expected, Path actual) throws IOException {
    SortedMap<String, String> wanted = content(expected);
    SortedMap<String, String> found = content(actual);
    assertEquals(
        String.join("\n", wanted.keySet()), String.join("\n", found.keySet()), "names of files");
    for (String name : wanted.keySet()) {
      assertEquals(wanted.get(name), found.get(name), name + " in " + actual);
    }
  }

  /** A copy, as a process killed at this moment leaves it. */
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path file : (Iterable<Path>) tree::iterator) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static SortedMap<String, String> content(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) tree.filter(RunFolders::isOfTheRun)::iterator) {
        files.put(folder.relativize(file).toString().replace('\\', '/'), withoutTimes(file));
      }
    }
    return files;
  }

  /** Not the lock, which names the process. */
  private static boolean isOfTheRun(Path file) {
    return Files.isRegularFile(file) && !file.endsWith(FolderLock.NAME);
  }

  private static String withoutTimes(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    if (name.equals(RunFiles.ENVIRONMENT)) {
      return "";
    }
    if (name.endsWith(".csv")) {
      return tableWithoutTimes(file, text);
    }
    return switch (name) {
      // A number, or an object with a mean.
      case RunFiles.SUMMARY ->
          text.replaceAll("\"(saving_)?seconds\" : ([0-9.E-]+|\\{[^}]*\\})", "\"seconds\"");
      // The sixth column.
      case RunFiles.SUMMARY_TABLE ->
          text.replaceAll("(?m)^((?:\\|[^|]*){5})\\|[^|]*", "$1| seconds ");
      case RunFiles.REPORT ->
          text.replaceAll("(?s)<section id=\"(costs|settings)\">.*?</section>", "");
      default -> text;
    };
  }

  private static String tableWithoutTimes(Path file, String text) throws IOException {
    List<String> header = List.of(text.lines().findFirst().orElse("").split(","));
    if (header.stream().noneMatch(MEASURED::contains)) {
      return text;
    }
    StringBuilder kept = new StringBuilder(String.join(",", header) + "\n");
    for (CsvIn.Row row : CsvIn.read(file)) {
      for (String column : header) {
        kept.append(MEASURED.contains(column) ? "" : row.text(column)).append(',');
      }
      kept.append('\n');
    }
    return kept.toString();
  }
}
