package engram.backend.vector.kernel;

/**
 * Which register tile serves which width: the one place to change after measuring on another
 * machine. Accumulators, loaded vectors and one broadcast must fit the registers: 32 with AVX-512
 * and NEON, 16 with AVX2.
 */
final class Tiles {
  private Tiles() {}

  /** Tile for sums over patches that wastes no vector on {@code channels} output channels. */
  static PatchTile patch(int channels) {
    int vectors = Lanes.ceilDiv(channels, Lanes.COUNT);
    if (vectors == 1) {
      return new PatchTile8x1();
    }
    if (Lanes.bits() < 512) {
      return new PatchTile6x2();
    }
    return vectors % 4 == 0 ? new PatchTile4x4() : new PatchTile8x2();
  }

  /** Tile for sums of outer products with {@code columns} output columns. */
  static OuterTile outer(int columns) {
    int vectors = Lanes.ceilDiv(columns, Lanes.COUNT);
    if (vectors == 1) {
      return new OuterTile8x1();
    }
    return Lanes.bits() < 512 ? new OuterTile6x2() : new OuterTile8x2();
  }
}
