package engram.bench.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.bench.run.RunConfig;
import engram.cl.protocol.Protocols;
import engram.cl.settings.Option;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ProtocolTest {
  @SuppressWarnings("unused")
  private static final List<String> NAMES = Protocols.NAMES;

  private static Map<String, String> config(String... given) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < given.length; i += 2) {
      texts.put(given[i], given[i + 1]);
    }
    Map<String, String> config = new LinkedHashMap<>();
    RunConfig.of(texts).toMap().forEach((name, value) -> config.put(name, Option.text(value)));
    return config;
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void everyProtocolIsARunWithoutDeviations(String name) {
    Protocol protocol = Protocol.of(name);
    assertEquals(
        List.of(),
        protocol.deviations(config("protocol", name, "data", protocol.data() + ":somewhere")));
    assertTrue(protocol.published().size() > 0);
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void whatIsGivenWinsAndIsNamedAsADeviation(String name) {
    Protocol protocol = Protocol.of(name);
    assertEquals(
        List.of("data: synthetic, not " + protocol.data(), "quick: true, not false"),
        protocol.deviations(config("protocol", name, "quick", "true", "data", "synthetic")));
    assertEquals(
        List.of("lr: 0.125, not " + protocol.settings().get("lr")),
        protocol.deviations(
            config("protocol", name, "lr", "0.125", "data", protocol.data() + ":somewhere")));
  }

  @Test
  void whatAProtocolLeavesAsUsualIsADeviationToo() {
    assertEquals(
        List.of("side: 14, not 0", "label-smoothing: 0.1, not 0.0", "augment: crop, not none"),
        Protocol.of("v18-mnist-class")
            .deviations(
                config(
                    "protocol", "v18-mnist-class",
                    "data", "mnist:somewhere",
                    "side", "14",
                    "augment", "crop",
                    "label-smoothing", "0.1")));
  }

  @Test
  void threadsSeedsAndStrategiesAreNoDeviation() {
    assertEquals(
        List.of(),
        Protocol.of("v18-mnist-class")
            .deviations(
                config(
                    "protocol", "v18-mnist-class",
                    "data", "mnist:somewhere",
                    "strategies", "er",
                    "seed", "7",
                    "seeds", "2",
                    "threads", "1",
                    "device", "vector")));
  }
}
