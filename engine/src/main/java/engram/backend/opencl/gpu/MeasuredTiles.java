package engram.backend.opencl.gpu;

import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.DenseOps;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The tiles that suit a device: measured when it is first used, kept in the user's cache folder.
 */
public final class MeasuredTiles {
  private MeasuredTiles() {}

  /**
   * @param folder keeps what was measured
   * @param trusted kernels whose results are right on the device
   * @param notice takes lines that a person should see
   */
  public static GemmTiles of(
      OpenClDevice device,
      Path folder,
      Function<Session, DenseOps> trusted,
      Consumer<String> notice) {
    TileCache cache = new TileCache(folder, notice);
    return cache.read(device).orElseGet(() -> measure(device, trusted, cache, notice));
  }

  private static GemmTiles measure(
      OpenClDevice device,
      Function<Session, DenseOps> trusted,
      TileCache cache,
      Consumer<String> notice) {
    notice.accept("opencl: first use of " + device.name() + ", measuring its kernels ...");
    try (Session session = new Session(device)) {
      GemmTiles tiles =
          new Tuner(session, trusted.apply(session), Tuner.CANDIDATES, notice)
              .tune(Tuner.Size.SMALL, Tuner.Size.LARGE);
      cache.write(device, tiles);
      notice.accept("opencl: kept in " + cache.file(device));
      return tiles;
    }
  }
}
