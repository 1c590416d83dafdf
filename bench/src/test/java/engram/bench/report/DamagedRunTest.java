package engram.bench.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.random.CounterRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run folder with any file damaged makes a page or an error that names the file. */
@Tag("slow")
@Timeout(600)
class DamagedRunTest {
  private static final int ROUNDS = 60;

  @TempDir private Path temp;

  @Test
  void everyDamageEndsInAPageOrInAnErrorWithTheFilesName() throws IOException {
    Path run =
        new ToyRun(temp.resolve("run1"), 200, 1)
            .learnt("er", 1, 9, 4, 8)
            .learnt("fine-tune", 1, 9, 0, 9)
            .path();
    CounterRandom random = CounterRandom.of(1, "damage");
    int errors = 0;
    List<Path> files = files(run);
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      for (int round = 0; round < ROUNDS; round++) {
        Files.write(file, damaged(good, random.split(files.indexOf(file)).split(round)));
        try {
          Report.write(List.of(run), temp.resolve("page.html"));
        } catch (IOException e) {
          errors++;
          String said = String.valueOf(e.getMessage());
          assertTrue(said.contains(run.toString()), said);
        } catch (RuntimeException e) {
          throw new AssertionError(file + ", round " + round, e);
        }
      }
      Files.write(file, good);
    }
    assertTrue(errors > files.size(), "damage is seen: " + errors);
  }

  private static List<Path> files(Path run) throws IOException {
    try (Stream<Path> all = Files.walk(run)) {
      return all.filter(file -> file.toString().matches(".*\\.(csv|yaml|json)")).sorted().toList();
    }
  }

  /** Cut off, with a line twice or lost, or with other bytes in it. */
  private static byte[] damaged(byte[] good, CounterRandom draw) {
    byte[] bytes = Arrays.copyOf(good, good.length);
    int at = draw.below(good.length, 0);
    switch (draw.below(4, 1)) {
      case 0 -> {
        return Arrays.copyOf(good, at);
      }
      case 1 -> {
        int end = Math.min(good.length, at + 1 + draw.below(20, 2));
        System.arraycopy(good, end, bytes, at, good.length - end);
        return Arrays.copyOf(bytes, good.length - (end - at));
      }
      case 2 -> bytes[at] = (byte) ("0123456789-.,\n\":[x".charAt(draw.below(18, 3)));
      default -> {
        for (int i = 0; i <= draw.below(3, 4); i++) {
          bytes[draw.below(bytes.length, 10 + i)] = (byte) draw.bits(20 + i);
        }
      }
    }
    return bytes;
  }
}
