package engram.backend.opencl.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.opencl.cpu.CpuDenseOps;
import engram.backend.opencl.device.AnyDevice;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tiles are measured on the device, checked, and kept. */
@Tag("device")
@Timeout(300)
class TunerTest {
  private static final GemmTile A = new GemmTile(8, 8, 4, 4, 4);
  private static final GemmTile B = new GemmTile(16, 8, 4, 8, 4);

  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();

  @Test
  void theTunerChoosesOfTheCandidatesThatFitAndAreRight() {
    try (Session session = new Session(AnyDevice.orSkip())) {
      GemmTile tooLarge = new GemmTile(1024, 1024, 64, 8, 8);
      GemmTiles tiles =
          new Tuner(session, new CpuDenseOps(session), List.of(tooLarge, A, B), notices::add)
              .tune(new Tuner.Size(1, 33), new Tuner.Size(2, 64));
      for (GemmTile tile : tiles.tiles().values()) {
        assertTrue(tile.equals(A) || tile.equals(B), tile::toString);
      }
      assertEquals(List.of(), notices);
    }
  }

  @Test
  void whatWasMeasuredIsReadBack() {
    OpenClDevice device = AnyDevice.orSkip();
    TileCache cache = new TileCache(folder.resolve("new"), notices::add);
    assertEquals(Optional.empty(), cache.read(device));
    GemmTiles tiles = GemmTiles.of(use -> use.large() ? A : B);
    cache.write(device, tiles);
    assertEquals(Optional.of(tiles), cache.read(device));
    assertEquals(List.of(), notices);
  }

  @Test
  void aDamagedFileIsNotBelieved() throws IOException {
    OpenClDevice device = AnyDevice.orSkip();
    TileCache cache = new TileCache(folder, notices::add);
    cache.write(device, GemmTiles.of(use -> use.large() ? A : B));
    Path file = cache.file(device);
    for (String damaged :
        List.of(Files.readString(file).replaceFirst("16 8 4", "16 8 8"), "", "\n", "nonsense")) {
      Files.writeString(file, damaged);
      assertEquals(Optional.empty(), cache.read(device), damaged);
    }
    assertEquals(4, notices.size());
    assertTrue(notices.getFirst().endsWith(" is damaged; measuring again"), notices.getFirst());
  }
}
