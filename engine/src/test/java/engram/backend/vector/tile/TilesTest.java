package engram.backend.vector.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TilesTest {
  @Test
  void everyTileOfEveryTableMatchesPlainLoops() {
    TileCases.checkAll();
  }

  @Test
  void neonAndAvx512HaveThirtyTwoRegistersAndOthersSixteen() {
    assertEquals(32, Tiles.registers("aarch64", 128));
    assertEquals(32, Tiles.registers("amd64", 512));
    assertEquals(16, Tiles.registers("amd64", 256));
    assertEquals(16, Tiles.registers("x86_64", 128));
  }

  @Test
  void rowsOfAPooledWeightGradientTileDivideTheKernelsRows() {
    for (int rows = 1; rows < 8; rows++) {
      for (int length = 1; length < 200; length++) {
        assertEquals(0, rows % Tiles.pooledWeightGradient(rows, length).rows());
      }
    }
  }
}
