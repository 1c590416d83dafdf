package engram.bench.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A W&B server: its GraphQL, its other addresses, and the store that it hands out addresses of. */
final class WandbApi {
  /** What an answer of GraphQL holds in place of data where the server says no. */
  private static final String REFUSAL = "/errors/0/message";

  /** Headers that Java's client makes itself and takes from nobody. */
  private static final Set<String> OF_THE_CLIENT =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final URI base;
  private final PatientHttp http;

  /**
   * @param base of the server, ending in a slash
   */
  WandbApi(URI base, PatientHttp http) {
    this.base = base;
    this.http = http;
  }

  /**
   * Asks.
   *
   * @param expected JSON pointer to what the answer must hold
   * @throws PatientHttp.RefusedException if the server says no, also in an answer with status 200
   */
  JsonNode graphql(String query, ObjectNode variables, String expected) throws IOException {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("query", query).set("variables", variables);
    return http.post(base.resolve("graphql"), request, expected, REFUSAL);
  }

  void post(String path, ObjectNode request) throws IOException {
    http.post(base.resolve(path), request, "");
  }

  /** Stores a file at an address that the server gave, without the login. */
  void store(String address, Map<String, String> headers, byte[] file) throws IOException {
    http.putElsewhere(PatientHttp.address(base, address), file, headers);
  }

  /**
   * Headers as the server gives them beside an address: without these the store does not believe
   * the address.
   *
   * @param given texts such as {@code Content-Type:text/html}; null or missing for none
   */
  static Map<String, String> headers(JsonNode given) {
    Map<String, String> headers = new TreeMap<>();
    for (JsonNode header : given) {
      List<String> parts = List.of(header.asText().split(":", 2));
      String name = parts.getFirst().strip();
      if (parts.size() == 2 && !OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
        headers.put(name, parts.getLast().strip());
      }
    }
    return headers;
  }
}
