package engram.bench.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves one page on this machine alone. Its address holds a token: other users of the machine, and
 * pages of other sites in the same browser, do not know it.
 *
 * <pre>
 * GET  /TOKEN/             the page
 * GET  /TOKEN/story?from=N {"lines": [...], "paused": false}: the lines from number N on
 * GET  /TOKEN/glass?at=P  a step of the run under glass, such as er:1:3:117
 * POST /TOKEN/hold, step, go
 * </pre>
 */
final class LiveServer implements AutoCloseable {
  private static final String HTML = "text/html; charset=utf-8";
  private static final int TOKEN_BYTES = 16;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String path;
  private final LiveStory story;
  private final LiveControl control;
  private final Supplier<byte[]> page;
  private final StepPages steps;

  /**
   * Begins to serve.
   *
   * @param port where; 0 for one that is free
   * @throws IOException if the port is taken
   */
  LiveServer(int port, LiveStory story, LiveControl control, Supplier<byte[]> page, StepPages steps)
      throws IOException {
    this.story = story;
    this.control = control;
    this.page = page;
    this.steps = steps;
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    path = "/" + Base64.getUrlEncoder().withoutPadding().encodeToString(token) + "/";
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
    } catch (BindException e) {
      throw new IOException(
          "--live: port %d is taken; give another, or none for one that is free".formatted(port),
          e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where the page is. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      String asked = exchange.getRequestURI().getPath();
      // A site that calls itself 127.0.0.1 by its name server sends its own name as the host.
      String port = ":" + server.getAddress().getPort();
      String host = exchange.getRequestHeaders().getFirst("Host");
      if (!asked.startsWith(path)
          || !Set.of("127.0.0.1" + port, "localhost" + port).contains(host)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String method = exchange.getRequestMethod();
      switch (method + " " + asked.substring(path.length())) {
        case "GET " -> send(exchange, HTML, page.get());
        case "GET story" -> send(exchange, "application/json", story(exchange));
        case "GET glass" -> send(exchange, HTML, glass(exchange));
        case "POST hold" -> order(exchange, control::hold);
        case "POST step" -> order(exchange, control::step);
        case "POST go" -> order(exchange, control::go);
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private byte[] story(HttpExchange exchange) {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    int from = query.matches("from=\\d{1,9}") ? Integer.parseInt(query.substring(5)) : 0;
    List<String> lines = story.from(from);
    return "{\"lines\":[%s],\"paused\":%s}"
        .formatted(String.join(",", lines), control.isPaused())
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] glass(HttpExchange exchange) {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    return steps.page(query.startsWith("at=") ? query.substring(3) : query);
  }

  private static void order(HttpExchange exchange, Runnable order) throws IOException {
    order.run();
    exchange.sendResponseHeaders(204, -1);
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Ends it; browsers find nothing there any more. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
