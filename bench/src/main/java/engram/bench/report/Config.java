package engram.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A run's {@code config.yaml}.
 *
 * @param values of the settings, in the order of the file
 */
record Config(Map<String, Object> values) {
  /** Settings that say which results there are, or how fast, not what they are. */
  private static final Set<String> BESIDE_THE_PROTOCOL =
      Set.of("strategies", "seed", "seeds", "device", "threads", "no-fusion");

  /** Names and values as people write them, in the order of the file. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    values.forEach((name, value) -> settings.put(name, words(value)));
    settings.replace("preset", "seed", "course"); // its name in older runs
    return settings;
  }

  private static String words(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : String.valueOf(value);
  }

  /** The settings that results depend on: where they agree, seeds may be pooled. */
  Map<String, String> protocol() {
    Map<String, String> protocol = settings();
    protocol.keySet().removeAll(BESIDE_THE_PROTOCOL);
    return protocol;
  }
}
