package engram.bench.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Cases that one thread of the vector backend leaves below a quarter of the limit that binds them,
 * though they take 20 microseconds or more, and the reason of each: the file {@code slow-cases.txt}
 * beside this class. Shorter ones, and more threads, are not held to anything: what threads gain
 * depends on sizes that were chosen to test edges, and on who else is at work.
 *
 * @param reasons by the name of the case, in the order of the file
 */
public record SlowCases(Map<String, String> reasons) {
  private static final double PERCENT = 25;
  private static final double SECONDS = 20e-6;

  public SlowCases {
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
  }

  /** Those of the file. */
  public static SlowCases listed() {
    try (InputStream in =
        Objects.requireNonNull(SlowCases.class.getResourceAsStream("slow-cases.txt"))) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table: on each line a name, spaces, and the reason; {@code #} starts a comment.
   *
   * @throws IllegalArgumentException if a line has no reason, or a name is there twice
   */
  static SlowCases parse(String text) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
      String[] parts = line.strip().split("\\s+", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException("slow cases: no reason is given for " + parts[0]);
      }
      if (reasons.put(parts[0], parts[1]) != null) {
        throw new IllegalArgumentException("slow cases: " + parts[0] + " is there twice");
      }
    }
    return new SlowCases(reasons);
  }

  /** Why this case is slow, if the file says it. */
  public Optional<String> reason(Measurement m) {
    return Optional.ofNullable(reasons.get(m.name()));
  }

  /**
   * The measured cases that are slow. The fastest iteration counts: what else the machine did
   * meanwhile makes no case slow.
   */
  public static List<Measurement> among(Collection<Measurement> measurements) {
    return measurements.stream().filter(SlowCases::isSlow).toList();
  }

  private static boolean isSlow(Measurement m) {
    double seconds = m.times().fastest();
    return m.device().equals("vector")
        && m.threads() == 1
        && m.hasRoof()
        && seconds >= SECONDS
        && 100 * m.roof().share(m.cost(), seconds) < PERCENT;
  }
}
