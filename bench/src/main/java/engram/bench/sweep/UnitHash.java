package engram.bench.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names a unit by what decides its results, and by nothing else: every option of its run as a text,
 * by its name; what is in its plug-ins, wherever they lie; and which Engram computes. The data set
 * counts as it is named. The order of a plan's lines and the number of threads change nothing.
 */
final class UnitHash {
  /** Of 64 hexadecimal digits so many: 100,000 units share one with a chance of 1 in 50,000. */
  static final int DIGITS = 12;

  private final String series;
  private final String plugins;

  /**
   * For units that have their plug-ins in common.
   *
   * @param version of the program, such as {@code 1.4.2}
   * @param plugins files with commas, or nothing
   */
  UnitHash(String version, String plugins) throws IOException {
    this.series = series(version);
    this.plugins = contents(plugins);
  }

  /**
   * The first {@value #DIGITS} hexadecimal digits of a SHA-256.
   *
   * @param options of a run; {@code threads} is passed over
   */
  String of(Map<String, String> options) {
    Map<String, String> deciding = new TreeMap<>(options);
    deciding.remove("threads");
    deciding.put("plugins", plugins);
    StringBuilder text = new StringBuilder("engram " + series + "\n");
    deciding.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    MessageDigest sha = sha256();
    return HexFormat.of()
        .formatHex(sha.digest(text.toString().getBytes(StandardCharsets.UTF_8)))
        .substring(0, DIGITS);
  }

  /**
   * Versions whose results are the same bits: those of one major number, before 1.0 of one minor
   * number as well (semantic versioning).
   */
  private static String series(String version) {
    String[] parts = version.split("\\.", -1);
    return parts.length > 1 && parts[0].equals("0") ? "0." + parts[1] : parts[0];
  }

  /** For each file its name and what is in it: another folder makes no other plug-in. */
  private static String contents(String files) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String file : files.isEmpty() ? new String[0] : files.split(",")) {
      Path path = Path.of(file);
      text.append(path.getFileName()).append(' ').append(ofFile(path)).append(' ');
    }
    return text.toString();
  }

  /** All 64 digits of a file's SHA-256. */
  static String ofFile(Path file) throws IOException {
    MessageDigest sha = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha));
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
