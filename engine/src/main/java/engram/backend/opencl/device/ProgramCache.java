package engram.backend.opencl.device;

import engram.base.InputFile;
import engram.base.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keeps programs as a driver built them, a file for each, so that a later start need not compile
 * them. The name of a file is a digest of all that decides what is built: source, options,
 * platform, device, driver. A file begins with the digest of the rest and of its name; what does
 * not fit is built anew, and so is what cannot be read. A folder that cannot be written costs time,
 * nothing else.
 */
public final class ProgramCache {
  private static final String VERSION = "engram opencl programs 1";
  private static final int DIGEST = 32;

  /** Far above what a driver makes of one of our programs. */
  private static final int MOST_BYTES = 1 << 28;

  private final Path folder;

  public ProgramCache(Path folder) {
    this.folder = folder;
  }

  /** Where a program is kept. */
  Path file(OpenClDevice device, String source, String options) {
    String key =
        String.join(
            "\0", VERSION, device.platformName(), device.name(), device.driver(), options, source);
    String name = HexFormat.of().formatHex(digest(key.getBytes(StandardCharsets.UTF_8)));
    return folder.resolve("program-" + name.substring(0, DIGEST) + ".bin");
  }

  /** The binary of a program, if it is there and whole. */
  Optional<byte[]> read(Path file) {
    try {
      byte[] content = InputFile.read(file, MOST_BYTES);
      if (content.length <= DIGEST) {
        return Optional.empty();
      }
      byte[] binary = Arrays.copyOfRange(content, DIGEST, content.length);
      boolean whole = Arrays.equals(Arrays.copyOf(content, DIGEST), seal(file, binary));
      return whole ? Optional.of(binary) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Keeps the binary of a program. */
  void write(Path file, byte[] binary) {
    byte[] content = Arrays.copyOf(seal(file, binary), DIGEST + binary.length);
    System.arraycopy(binary, 0, content, DIGEST, binary.length);
    try {
      WholeFile.write(file, out -> out.write(content));
    } catch (IOException e) {
      // The next start compiles again, as this one did.
    }
  }

  private static byte[] seal(Path file, byte[] binary) {
    MessageDigest sha = sha256();
    sha.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    return sha.digest(binary);
  }

  private static byte[] digest(byte[] bytes) {
    return sha256().digest(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
