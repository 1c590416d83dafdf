package engram.bench.track;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WandbLogTest {
  private static final int BLOCK = 32 * 1024;

  @TempDir Path temp;

  /** The first record ends so that this many bytes are left in the first block. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 7, 8, 9, 100})
  void recordsAroundTheEndOfABlockComeBack(int left) throws IOException {
    assertComeBack(List.of(bytes(BLOCK - 7 - 7 - left), bytes(50), bytes(1)));
  }

  @Test
  void longRecordsSpanBlocks() throws IOException {
    assertComeBack(List.of(bytes(1), bytes(BLOCK), bytes(5 * BLOCK + 3), bytes(70)));
  }

  @Test
  void manyRecordsOfAllLengthsComeBack() throws IOException {
    List<byte[]> records = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      records.add(bytes(1 + random.nextInt(300)));
    }
    assertComeBack(records);
  }

  /** A zero-length first chunk fills seven bytes exactly, as LevelDB's format asks. */
  @Test
  void sevenBytesLeftHoldAnEmptyFirstChunk() throws IOException {
    Path file = temp.resolve("a.wandb");
    write(file, List.of(bytes(BLOCK - 7 - 7 - 7), bytes(2)));
    byte[] all = Files.readAllBytes(file);
    assertEquals(2, all[BLOCK - 1], "kind: first");
    assertEquals(0, all[BLOCK - 2] + all[BLOCK - 3], "length");
    assertEquals(4, all[BLOCK + 6], "kind: last");
  }

  private void assertComeBack(List<byte[]> records) throws IOException {
    Path file = temp.resolve("a.wandb");
    write(file, records);
    List<byte[]> read = Decoders.wandb(file);
    assertEquals(records.size(), read.size());
    for (int i = 0; i < records.size(); i++) {
      assertArrayEquals(records.get(i), read.get(i), "record " + i);
    }
  }

  private static void write(Path file, List<byte[]> records) throws IOException {
    try (WandbLog log = new WandbLog(file)) {
      for (byte[] record : records) {
        log.append(record);
      }
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
