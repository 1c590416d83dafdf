package engram.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same seed gives the same bytes of every file but for times, in another process, too: some
 * orders, such as that of {@code Map.of}, change from process to process.
 */
@Tag("process")
@Tag("slow")
@Timeout(600)
class SameBytesTest {
  /** Made of measurements, or from the other files together with those. */
  private static final Set<String> MEASURED = Set.of("env.json", "report.html", "summary.md");

  private static final Set<String> TIMES = Set.of("seconds", "images_per_second");

  @TempDir private Path temp;

  @Test
  void twoRunsInTwoProcessesWriteTheSame() throws Exception {
    Map<String, String> first = run("first");
    Map<String, String> second = run("second");
    assertEquals(first.keySet(), second.keySet());
    for (String file : first.keySet()) {
      assertEquals(first.get(file), second.get(file), file);
    }
  }

  private Map<String, String> run(String name) throws Exception {
    Path folder = temp.resolve(name);
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            "engram.bench.Engram",
            "run",
            "--quick",
            "--strategies",
            "rehearsal-kd,fine-tune",
            "--tasks",
            "2,2",
            "--epochs",
            "1",
            "--threads",
            "2",
            "--out",
            folder.toString());
    program.environment().put("XDG_CACHE_HOME", temp.resolve("cache").toString());
    Path printed = temp.resolve(name + ".txt");
    Process process = program.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    assertEquals(0, process.waitFor(), () -> text(printed));
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString();
        if (!MEASURED.contains(path)) {
          files.put(path, withoutTimes(file));
        }
      }
    }
    return files;
  }

  private static String withoutTimes(Path file) throws IOException {
    String name = file.toString();
    if (name.endsWith(".csv")) {
      return withoutTimes(Files.readAllLines(file));
    }
    if (name.endsWith("summary.json")) {
      return Files.readString(file)
          .replaceAll("(?s)\"(saving_)?seconds\" : (\\{.*?\\}|[0-9.]+)", "");
    }
    return new String(Files.readAllBytes(file), ISO_8859_1);
  }

  private static String withoutTimes(List<String> lines) {
    List<String> header = List.of(lines.getFirst().split(",", -1));
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      List<String> cells = new ArrayList<>(List.of(line.split(",", -1)));
      for (int i = header.size() - 1; i >= 0; i--) {
        if (TIMES.contains(header.get(i))) {
          cells.remove(i);
        }
      }
      kept.add(String.join(",", cells));
    }
    return String.join("\n", kept);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
