package engram.backend.opencl.gpu;

import engram.backend.opencl.device.OpenClDevice;
import engram.base.InputFile;
import engram.base.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Keeps the tiles that were measured on a device, a small text file for each device and driver with
 * a checksum. What is missing, damaged or of another version is measured anew.
 */
public final class TileCache {
  /** Changes when kernels or candidates do: what was measured before no longer counts. */
  private static final String VERSION = "engram opencl tiles 2";

  /** Hundreds of times what there is to say. */
  private static final int MOST_BYTES = 1 << 20;

  private final Path folder;
  private final Consumer<String> notice;

  public TileCache(Path folder, Consumer<String> notice) {
    this.folder = folder;
    this.notice = notice;
  }

  private static String key(OpenClDevice device) {
    return "%s\n%s\n%s\n%s"
        .formatted(VERSION, device.platformName(), device.name(), device.driver());
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  public Path file(OpenClDevice device) {
    return folder.resolve("tiles-" + checksum(key(device)) + ".txt");
  }

  /** The content of a file. */
  static String text(String key, GemmTiles tiles) {
    String body = key + "\n" + tiles.text();
    return body + checksum(body) + "\n";
  }

  /** The tiles of {@link #text}; empty if it is damaged, of another device, or holds none. */
  static Optional<GemmTiles> tiles(String key, String text) {
    int end = text.lastIndexOf('\n', text.length() - 2) + 1;
    String body = text.substring(0, end);
    if (!text.substring(end).strip().equals(checksum(body)) || !body.startsWith(key + "\n")) {
      return Optional.empty();
    }
    try {
      return Optional.of(GemmTiles.parse(body.substring(key.length() + 1)));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // whoever wrote it wrote the checksum, too
    }
  }

  /** What was measured on the device, if it is known. */
  public Optional<GemmTiles> read(OpenClDevice device) {
    Path file = file(device);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Optional<GemmTiles> tiles =
          tiles(key(device), InputFile.readText(file, MOST_BYTES)).filter(t -> t.fit(device));
      if (tiles.isEmpty()) {
        notice.accept("opencl: " + file + " is damaged; measuring again");
      }
      return tiles;
    } catch (IOException e) {
      notice.accept("opencl: " + e.getMessage() + "; measuring again");
      return Optional.empty();
    }
  }

  /** Keeps tiles; a process that does so at the same time writes the same. */
  public void write(OpenClDevice device, GemmTiles tiles) {
    byte[] content = text(key(device), tiles).getBytes(StandardCharsets.UTF_8);
    try {
      WholeFile.write(file(device), out -> out.write(content));
    } catch (IOException e) {
      notice.accept("opencl: what was measured is not kept: " + e.getMessage());
    }
  }
}
