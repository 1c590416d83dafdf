package engram.data.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Kinds of archives that are not read, told by their first bytes: to name one is to help. */
final class ArchiveKind {
  private static final Map<String, String> BY_START =
      Map.of(
          "1f8b", "gzip",
          "377abcaf271c", "7z",
          "52617221", "RAR",
          "fd377a585a00", "xz",
          "425a68", "bzip2",
          "28b52ffd", "zstd");

  private static final int TAR_MARK = 257;

  private ArchiveKind() {}

  /** The kind of a file, if it is one of those. */
  static Optional<String> of(Path file) {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(TAR_MARK + 5);
    } catch (IOException e) {
      return Optional.empty();
    }
    String hex = HexFormat.of().formatHex(start);
    String mark =
        new String(
            Arrays.copyOfRange(start, Math.min(TAR_MARK, start.length), start.length),
            StandardCharsets.ISO_8859_1);
    return mark.equals("ustar")
        ? Optional.of("tar")
        : BY_START.entrySet().stream()
            .filter(kind -> hex.startsWith(kind.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
  }
}
