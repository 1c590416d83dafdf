package engram.bench.compare;

import engram.base.InputFile;
import engram.bench.file.CsvIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code engram bench} wrote.
 *
 * @param path the folder
 * @param machine what it was measured on: {@code machine}, {@code JDK}, {@code species}
 * @param rows times of the processes of each row, microseconds
 */
public record BenchFolder(
    Path path, Map<String, String> machine, Map<BenchFolder.Row, List<Double>> rows) {
  private static final int MOST_BYTES = 1 << 27;

  /** What is the same in both folders if it is the same measurement. */
  public record Row(String name, String device, int threads) {}

  /**
   * Reads {@code bench.csv} and {@code forks.csv}.
   *
   * @throws IOException naming the file, and the line where one is wrong
   */
  public static BenchFolder read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("%s is no folder of  engram bench".formatted(folder));
    }
    Path table = folder.resolve("bench.csv");
    Path forks = folder.resolve("forks.csv");
    if (!Files.exists(table)) {
      throw new IOException(
          "%s is missing: is %s a folder that  engram bench  made?".formatted(table, folder));
    }
    if (!Files.exists(forks)) {
      throw new IOException(
          "%s is missing: this folder is of an older Engram, which kept no times of single"
                  .formatted(forks)
              + " processes; measure again");
    }
    Map<Row, List<Double>> rows = new LinkedHashMap<>();
    for (CsvIn.Row line : CsvIn.read(forks)) {
      Row row = new Row(line.text("name"), line.text("device"), line.integer("threads"));
      double time = line.number("median_us");
      if (!(time > 0 && Double.isFinite(time))) {
        throw line.failure("median_us", "is %s, expected a time above 0".formatted(time));
      }
      rows.computeIfAbsent(row, _ -> new ArrayList<>()).add(time);
    }
    return new BenchFolder(folder, machine(InputFile.readText(table, MOST_BYTES)), rows);
  }

  /** The lines {@code # machine an AMD EPYC} at the top. */
  private static Map<String, String> machine(String table) {
    Map<String, String> machine = new LinkedHashMap<>();
    table
        .lines()
        .takeWhile(line -> line.startsWith("# "))
        .map(line -> line.substring(2).split(" {2,}", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> machine.put(parts[0], parts[1]));
    return machine;
  }

  /** What differs between two machines, a line each. */
  List<String> differences(BenchFolder other) {
    return machine.keySet().stream()
        .filter(key -> !text(key).equals(other.text(key)))
        .map(key -> "%s differs: A %s; B %s".formatted(key, text(key), other.text(key)))
        .toList();
  }

  private String text(String key) {
    return machine.getOrDefault(key, "unknown");
  }
}
