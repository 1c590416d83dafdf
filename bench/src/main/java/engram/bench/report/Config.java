package engram.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A run's {@code config.yaml}.
 *
 * @param text of the file
 */
record Config(String text) {
  /** Settings that say which results there are, or how fast, not what they are. */
  private static final Set<String> BESIDE_THE_PROTOCOL =
      Set.of("strategies", "seed", "seeds", "device", "threads", "no-fusion");

  /** Names and values, in the order of the file; none for a text that is no list of settings. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (new Load(LoadSettings.builder().build()).loadFromString(text) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> settings.put(String.valueOf(name), words(value)));
    }
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
