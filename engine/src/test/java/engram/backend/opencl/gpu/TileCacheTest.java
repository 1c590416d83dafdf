package engram.backend.opencl.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of tiles with a right checksum, whatever they say. */
class TileCacheTest {
  private static final String DEVICE = "platform\nGPU\n1.0";
  private static final GemmTiles GOOD = GemmTiles.all(new GemmTile(64, 32, 16, 4, 4));

  @Test
  void tilesAreReadBack() {
    assertEquals(Optional.of(GOOD), TileCache.tiles(DEVICE, withTile("64 32 16 4 4")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "64 32 16 0 4",
        "64 32 0 4 4",
        "0 32 16 4 4",
        "0 0 0 0 0",
        "4 4 16 8 8",
        "64 32 -16 4 4",
        "-64 -32 16 -4 4",
        "1073741824 1073741824 16 4 4",
        "2147483644 4 4 4 4",
        "99999999999 32 16 4 4",
        "64 32 16 4",
        "64 32 16 4 5",
        "64 32 16 4 4.0",
        ""
      })
  void numbersThatAreNoTileAreAsIfThereWereNone(String numbers) {
    assertEquals(Optional.empty(), TileCache.tiles(DEVICE, withTile(numbers)));
  }

  /** The file of good tiles, other numbers in the place of theirs, with its checksum. */
  private static String withTile(String numbers) {
    String good = TileCache.text(DEVICE, GOOD);
    String body =
        good.substring(0, good.lastIndexOf('\n', good.length() - 2) + 1)
            .replace("64 32 16 4 4", numbers);
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return body + Long.toHexString(crc.getValue()) + "\n";
  }
}
