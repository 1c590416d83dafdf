package engram.backend.opencl.gpu;

import java.io.IOException;

/** Lets the fuzzer in to readers of this package. */
public final class TilesDoor {
  private static final String DEVICE = "platform\nGPU\n1.0";

  private TilesDoor() {}

  /** A good file. */
  public static String good() {
    return TileCache.text(DEVICE, GemmTiles.all(new GemmTile(64, 32, 16, 4, 4)));
  }

  /** What was measured on a device; what it does not take is measured anew. */
  public static void read(String text) throws IOException {
    if (TileCache.tiles(DEVICE, text).isEmpty()) {
      throw new IOException("what was measured is damaged");
    }
  }
}
