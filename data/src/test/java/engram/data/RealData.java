package engram.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;

/** The data sets themselves, where this machine has them. */
public final class RealData {
  private RealData() {}

  /** A folder of them; a test that asks for one that is not there is skipped, and says so. */
  public static Path folder(String name) {
    // Tests run in the module's folder, a level below the repository's root.
    Path shared =
        Path.of(Optional.ofNullable(System.getenv("ENGRAM_SHARED")).orElse("../../shared"));
    Path folder = shared.resolve(name);
    Assumptions.assumeTrue(
        Files.isDirectory(folder),
        "skipped: no %s at %s; set ENGRAM_SHARED to its parent"
            .formatted(name, folder.toAbsolutePath()));
    return folder;
  }

  /** CRC-32 of the pixels of an image. */
  public static String crc(ImageSet images, int index) {
    CRC32 crc = new CRC32();
    int bytes = images.imageBytes();
    crc.update(Arrays.copyOfRange(images.pixels(), index * bytes, (index + 1) * bytes));
    return "%08x".formatted(crc.getValue());
  }
}
