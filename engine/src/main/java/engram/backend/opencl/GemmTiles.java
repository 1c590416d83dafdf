package engram.backend.opencl;

import java.util.List;

/** The tile of each kind of product. */
record GemmTiles(
    GemmTile matMul, GemmTile forward, GemmTile inputGradient, GemmTile weightGradient) {

  /** The same tile for all. */
  static GemmTiles all(GemmTile tile) {
    return new GemmTiles(tile, tile, tile, tile);
  }

  /** Without measuring, middling ones; on a processor small ones, since it unrolls and compiles. */
  static GemmTiles of(OpenClDevice device) {
    return all(
        device.type() == OpenClDevice.Type.CPU
            ? new GemmTile(8, 8, 4, 4, 4)
            : new GemmTile(64, 32, 16, 4, 4));
  }

  /**
   * @throws OpenClException if the device does not allow one of them
   */
  void requireFit(OpenClDevice device) {
    List.of(matMul, forward, inputGradient, weightGradient)
        .forEach(tile -> tile.requireFits(device));
  }
}
