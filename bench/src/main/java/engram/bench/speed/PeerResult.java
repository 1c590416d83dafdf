package engram.bench.speed;

import java.util.Optional;

/**
 * What one contender did in one setting.
 *
 * @param setting threads and waiting policy of the process
 * @param work such as {@code training} or {@code matmul 512}
 * @param name {@code engram} or the peer with its layout
 * @param rate how much of {@code unit}
 * @param milliseconds that half of the steps take at most
 * @param rare milliseconds that 99 of 100 steps take at most
 */
record PeerResult(
    String setting,
    String work,
    String name,
    double rate,
    String unit,
    double milliseconds,
    double rare) {
  static final String OURS = "engram";

  boolean isOurs() {
    return name.equals(OURS);
  }

  /** Reads a line {@code result WORK NAME RATE UNIT MS RARE} (tabs); empty for any other line. */
  static Optional<PeerResult> parse(String setting, String line) {
    String[] parts = line.split("\t", -1);
    if (parts.length != 7 || !parts[0].equals("result")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PeerResult(
              setting,
              parts[1],
              parts[2],
              Double.parseDouble(parts[3]),
              parts[4],
              Double.parseDouble(parts[5]),
              Double.parseDouble(parts[6])));
    } catch (NumberFormatException e) {
      return Optional.empty(); // two processes that print at once
    }
  }
}
