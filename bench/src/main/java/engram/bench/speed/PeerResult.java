package engram.bench.speed;

import java.util.Optional;

/**
 * What one contender did in one setting.
 *
 * @param setting threads and waiting policy of the process
 * @param work such as {@code training} or {@code matmul 512}
 * @param name {@code engram} or the peer with its layout
 * @param rate how much of {@code unit}
 */
record PeerResult(String setting, String work, String name, double rate, String unit) {
  static final String OURS = "engram";

  boolean isOurs() {
    return name.equals(OURS);
  }

  /** Reads a line {@code result WORK NAME RATE UNIT} (tabs); empty for any other line. */
  static Optional<PeerResult> parse(String setting, String line) {
    String[] parts = line.split("\t", -1);
    if (parts.length != 5 || !parts[0].equals("result")) {
      return Optional.empty();
    }
    try {
      double rate = Double.parseDouble(parts[3]);
      return Optional.of(new PeerResult(setting, parts[1], parts[2], rate, parts[4]));
    } catch (NumberFormatException e) {
      return Optional.empty(); // two processes that print at once
    }
  }
}
