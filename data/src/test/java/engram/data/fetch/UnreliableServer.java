package engram.data.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server for one file, with the faults of real ones. */
final class UnreliableServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String name;
  private final byte[] content;

  /** Value of the Range header of each request so far, empty without one. */
  final List<String> ranges = new CopyOnWriteArrayList<>();

  /** Whether Range headers are obeyed. */
  volatile boolean knowsRanges = true;

  /** Connections to drop after {@link #bytesBeforeDrop} bytes of the body. */
  final AtomicInteger drops = new AtomicInteger();

  volatile int bytesBeforeDrop;

  /** Requests to answer with this status instead of the file. */
  final AtomicInteger refusals = new AtomicInteger();

  volatile int status;

  /** Whether to stop after the first 1000 bytes of the file and say nothing more. */
  volatile boolean silent;

  UnreliableServer(String name, byte[] content) throws IOException {
    this.name = name;
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI base() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/archives/");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse("");
      ranges.add(range);
      if (isOneMore(refusals)) {
        exchange.sendResponseHeaders(status, -1);
      } else if (!exchange.getRequestURI().getPath().equals("/archives/" + name)) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        send(exchange, range);
      }
    }
  }

  private void send(HttpExchange exchange, String range) throws IOException {
    int start = 0;
    if (knowsRanges && !range.isEmpty()) {
      start = Integer.parseInt(range.replaceAll("\\D", ""));
      if (start >= content.length) {
        exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      String sent = "bytes %d-%d/%d".formatted(start, content.length - 1, content.length);
      exchange.getResponseHeaders().set("Content-Range", sent);
    }
    int rest = content.length - start;
    exchange.sendResponseHeaders(start > 0 ? 206 : 200, rest);
    OutputStream body = exchange.getResponseBody();
    if (isOneMore(drops)) {
      body.write(content, start, Math.min(bytesBeforeDrop, rest - 1));
      body.flush();
      return; // closing the exchange early drops the connection
    }
    if (silent) {
      body.write(content, start, start == 0 ? 1000 : 0);
      body.flush();
      try {
        Thread.currentThread().join(); // until the server is closed
      } catch (InterruptedException e) {
        return;
      }
    }
    body.write(content, start, rest);
  }

  private static boolean isOneMore(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
