package engram.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class EnvironmentProxyTest {
  private static String by(Map<String, String> environment, String address) {
    return new EnvironmentProxy(environment).note(URI.create(address));
  }

  @Test
  void eachSchemeHasItsVariableInEitherCase() {
    Map<String, String> both =
        Map.of("HTTPS_PROXY", "http://secure:3128", "http_proxy", "plain:8080", "HTTP_PROXY", "no");
    assertEquals(" (proxy secure:3128)", by(both, "https://example.org/x"));
    assertEquals(" (proxy plain:8080)", by(both, "http://example.org/x"));
    assertEquals("", by(Map.of("HTTPS_PROXY", " "), "https://example.org"), "empty is not set");
    assertEquals(" (proxy all:80)", by(Map.of("ALL_PROXY", "http://all/"), "http://a.b"));
    assertEquals("", by(Map.of(), "http://example.org"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          example.org         | https://example.org/x     | true
          example.org         | https://data.example.org  | true
          .example.org        | https://data.example.org  | true
          *.example.org       | https://data.example.org  | true
          example.org         | https://myexample.org     | false
          example.org:8443    | https://example.org:8443  | true
          example.org:8443    | https://example.org       | false
          a, Example.ORG  b   | https://EXAMPLE.org       | true
          *                   | https://example.org       | true
          10.0.0.0/8          | https://10.1.2.3/x        | true
          10.0.0.0/8          | https://11.1.2.3/x        | false
          192.168.1.128/25    | https://192.168.1.129     | true
          192.168.1.128/25    | https://192.168.1.127     | false
          10.0.0.0/99         | https://10.1.2.3          | false
          localhost,127.0.0.1 | https://127.0.0.1:5000    | true
          """)
  void someHostsAreReachedDirectly(String list, String address, boolean direct) {
    String by = by(Map.of("https_proxy", "proxy:1", "NO_PROXY", list), address);
    assertEquals(direct, by.isEmpty(), by);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socks5://name:secret@proxy:1080", "https://proxy", "http://", "a b:secret"})
  void whatIsNoProxyIsNamedWithoutItsPassword(String value) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new EnvironmentProxy(Map.of("HTTPS_PROXY", value)))
            .getMessage();
    assertEquals(
        "HTTPS_PROXY is not the address of a proxy that can be used, expected such as"
            + " http://proxy:3128",
        message);
    assertFalse(message.contains("secret"));
  }

  @Test
  void requestsGoByTheProxyWithItsPassword() throws Exception {
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          boolean known = exchange.getRequestHeaders().containsKey("Proxy-Authorization");
          exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"proxy\"");
          byte[] text =
              ("for " + exchange.getRequestHeaders().getFirst("Host"))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 407, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    proxy.start();
    try (var client =
        EnvironmentProxy.client(
                Map.of(
                    "HTTP_PROXY", "http://name:secret@127.0.0.1:" + proxy.getAddress().getPort()))
            .build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://nowhere.invalid/x")).build(),
              BodyHandlers.ofString());
      assertEquals("200 for nowhere.invalid", answer.statusCode() + " " + answer.body());
    } finally {
      proxy.stop(0);
    }
  }
}
