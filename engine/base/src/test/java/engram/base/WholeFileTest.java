package engram.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  private static void write(Path place, String text) throws IOException {
    WholeFile.write(place, out -> out.write(text.getBytes(UTF_8)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path leftBehind(String name, Duration ago) throws IOException {
    Path part = Files.writeString(folder.resolve(name), "half");
    return Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(ago)));
  }

  @Test
  void writesAndReplacesAndLeavesNothingElse() throws IOException {
    Path place = folder.resolve("results.csv");
    write(place, "a long one");
    write(place, "short");
    assertEquals("short", Files.readString(place));
    assertEquals(List.of("results.csv"), files());
  }

  @Test
  void foldersOnTheWayAreCreated() throws IOException {
    write(folder.resolve("a/b/c.txt"), "deep");
    assertEquals("deep", Files.readString(folder.resolve("a/b/c.txt")));
  }

  @Test
  void nothingHasTheNameBeforeAllIsWritten() throws IOException {
    Path place = folder.resolve("results.csv");
    WholeFile.write(
        place,
        out -> {
          out.write(new byte[1 << 20]);
          assertFalse(Files.exists(place));
        });
    assertEquals(1 << 20, Files.size(place));
  }

  @Test
  void failureLeavesTheFormerFileAndNoPart() throws IOException {
    Path place = folder.resolve("results.csv");
    write(place, "whole");
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                WholeFile.write(
                    place,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("No space left on device");
                    }));
    assertEquals("cannot write " + place + ": No space left on device", failure.getMessage());
    assertThrows(
        IllegalStateException.class,
        () ->
            WholeFile.write(
                place,
                out -> {
                  throw new IllegalStateException("a mistake");
                }));
    assertEquals("whole", Files.readString(place));
    assertEquals(List.of("results.csv"), files());
  }

  @Test
  void whatStandsInTheWayIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(
        file + " is a file, a folder is needed there",
        assertThrows(IOException.class, () -> WholeFile.createDirectories(file)).getMessage());
    assertThrows(IOException.class, () -> write(file.resolve("below.txt"), "x"));

    Path full = folder.resolve("full");
    write(full.resolve("inside.txt"), "precious");
    String message = assertThrows(IOException.class, () -> write(full, "x")).getMessage();
    assertTrue(message.startsWith("cannot write " + full + ": "), message);
    assertEquals("precious", Files.readString(full.resolve("inside.txt")));
    assertEquals(List.of("file", "full"), files());
  }

  @Test
  @Timeout(60)
  void readersAndWritersAtOnceMeetWholeFilesOnly() throws Exception {
    Path place = folder.resolve("shared.bin");
    write(place, "0".repeat(100_000));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                requireWhole(place);
              }
            });
    try {
      Parallel.forEach(
          40,
          8,
          index -> {
            try {
              write(place, String.valueOf(index % 10).repeat(100_000 + index));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
    } finally {
      done.set(true);
    }
    reader.get();
    requireWhole(place);
    assertEquals(List.of("shared.bin"), files());
  }

  private static void requireWhole(Path place) {
    try {
      byte[] content = Files.readAllBytes(place);
      assertTrue(content.length >= 100_000);
      byte[] expected = new byte[content.length];
      Arrays.fill(expected, content[0]);
      assertEquals(-1, Arrays.mismatch(expected, content));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oldPartsOfTheSameFileAreRemoved() throws IOException {
    Path dead = leftBehind(".model.bin.0123abcd.part", Duration.ofHours(2));
    Path alive = leftBehind(".model.bin.0123abce.part", Duration.ofMinutes(5));
    Path other = leftBehind(".model.0123abcd.part", Duration.ofDays(2));
    Path foreign = leftBehind(".model.bin.mine.part", Duration.ofDays(2));
    write(folder.resolve("model.bin"), "whole");
    assertFalse(Files.exists(dead), "a killed writer's");
    assertTrue(Files.exists(alive), "perhaps still being written");
    assertTrue(Files.exists(other), "of another file");
    assertTrue(Files.exists(foreign), "not made here");
  }

  /** Halts in the middle of a write, as a killed process does. */
  static final class Killed {
    public static void main(String[] place) throws IOException {
      WholeFile.write(
          Path.of(place[0]),
          out -> {
            out.write(new byte[1 << 20]);
            Runtime.getRuntime().halt(1);
          });
    }
  }

  private static Path folderOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void killedWriterLeavesTheFormerFileAndOnePart() throws Exception {
    Path place = folder.resolve("model.bin");
    write(place, "whole");
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                folderOf(WholeFile.class) + File.pathSeparator + folderOf(Killed.class),
                Killed.class.getName(),
                place.toString())
            .inheritIO()
            .start();
    assertTrue(killed.waitFor(60, TimeUnit.SECONDS));
    assertEquals(1, killed.exitValue());
    assertEquals("whole", Files.readString(place));
    assertEquals(2, files().size(), files().toString());

    String part = files().getFirst();
    assertTrue(part.matches("\\.model\\.bin\\.[0-9a-f]{8}\\.part"), part);
    leftBehind(part, Duration.ofHours(2));
    write(place, "newer");
    assertEquals(List.of("model.bin"), files());
  }

  @Test
  void publishedPartTakesThePlaceOfAnOlderFile() throws IOException {
    Path place = Files.writeString(folder.resolve("set.zip"), "old");
    Path part = Files.writeString(folder.resolve("set.zip.part"), "new");
    WholeFile.publish(part, place);
    assertEquals("new", Files.readString(place));
    assertEquals(List.of("set.zip"), files());
  }
}
