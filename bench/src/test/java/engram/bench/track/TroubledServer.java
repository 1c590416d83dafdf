package engram.bench.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server that answers as it should, but for the troubles that are planned. */
final class TroubledServer implements AutoCloseable {

  /** What goes wrong with a request. */
  enum Trouble {
    STATUS_500,
    STATUS_429,
    DROPPED,
    DROPPED_AFTER_WORK,
    NOT_JSON,
    OTHER_JSON,
    EMPTY,
    SILENT,
    ECHO_401,
    NONE
  }

  /** A request that was taken and did its work. */
  record Request(String method, String path, Headers headers, byte[] body) {
    /** Of a request of GraphQL. */
    String query() {
      return json().path("query").asText();
    }

    JsonNode variables() {
      return json().path("variables");
    }

    JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Function<Request, String> answers;

  /** Troubles of the requests to come, first come first served; none when empty. */
  final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();

  /** What happens when {@link #troubles} is empty. */
  volatile Trouble always = Trouble.NONE;

  /** Requests that did their work. */
  final List<Request> taken = new CopyOnWriteArrayList<>();

  /** The header Authorization of every request. */
  final List<String> logins = new CopyOnWriteArrayList<>();

  /**
   * @param answers the body of a good answer
   */
  TroubledServer(Function<Request, String> answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody().readAllBytes());
      String login = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      logins.add(login);
      Trouble next = troubles.poll();
      switch (next == null ? always : next) {
        case NONE -> send(exchange, 200, work(request));
        case STATUS_500 -> send(exchange, 500, "internal error");
        case STATUS_429 -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          send(exchange, 429, "{}");
        }
        case DROPPED -> {}
        case DROPPED_AFTER_WORK -> work(request);
        case NOT_JSON -> send(exchange, 200, "<html>Please log in to the hotel</html>");
        case OTHER_JSON -> send(exchange, 200, "[1, 2]");
        case EMPTY -> send(exchange, 200, "");
        case SILENT -> Thread.currentThread().join(); // until the server is closed
        case ECHO_401 -> send(exchange, 401, "who is " + login + "?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String work(Request request) {
    taken.add(request);
    return answers.apply(request);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
