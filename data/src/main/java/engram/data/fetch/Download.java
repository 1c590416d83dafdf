package engram.data.fetch;

import engram.base.EnvironmentProxy;
import engram.base.InputFile;
import engram.base.Reason;
import engram.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One file over HTTP into a partial file, which it continues if there is one. */
final class Download {

  /** Tries in a row that bring nothing before it gives up. */
  private static final int MAX_FAILURES = 4;

  /** {@code bytes 100-199/200}, {@code bytes 100-199/*}, or <code>bytes *&#47;200</code>. */
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(?:(\\d{1,18})|\\*)");

  @FunctionalInterface
  interface Progress {
    void at(long bytes, OptionalLong total);
  }

  private final HttpClient client;
  private final URI address;
  private final Path part;
  private final Duration stall;
  private final Duration pause;

  Download(HttpClient client, URI address, Path part, Duration stall, Duration pause) {
    this.client = client;
    this.address = address;
    this.part = part;
    this.stall = stall;
    this.pause = pause;
  }

  /**
   * Returns when the partial file has all that the server has.
   *
   * @throws DataException if the server refuses, or the connection keeps breaking
   * @throws IOException if the partial file cannot be read or removed
   */
  void run(Progress progress) throws IOException {
    int failures = 0;
    while (true) {
      long before = present();
      try {
        attempt(before, progress);
        return;
      } catch (BrokenException e) {
        failures = present() > before ? 1 : failures + 1;
        if (failures == MAX_FAILURES) {
          throw new DataException(
              address.toString(),
              "the transfer broke with %,d bytes here: %s".formatted(present(), e.getMessage()),
              "Check the network and run the same command again: it goes on where it stopped",
              e);
        }
        rest();
      }
    }
  }

  /** A fault that another try may cure. */
  private static final class BrokenException extends Exception {
    BrokenException(String message) {
      super(message);
    }
  }

  private void attempt(long present, Progress progress) throws IOException, BrokenException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(stall);
    if (present > 0) {
      request.header("Range", "bytes=" + present + "-");
    }
    HttpResponse<InputStream> response = send(request.build());
    try (InputStream body = response.body()) {
      Matcher range =
          CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
      boolean hasRange = range.matches();
      int status = response.statusCode();
      if (status == 200) { // also the answer of a server that knows no ranges
        receive(body, 0, response.headers().firstValueAsLong("Content-Length"), progress);
      } else if (status == 206 && hasRange && ("" + present).equals(range.group(1))) {
        receive(body, present, number(range.group(2)), progress);
      } else if (status == 416 && hasRange && ("" + present).equals(range.group(2))) {
        progress.at(present, OptionalLong.of(present)); // it was whole, and only lacked its name
      } else if (status == 206 || status == 416) {
        Files.deleteIfExists(part);
        throw new BrokenException("the partial file does not fit the server's, starting over");
      } else if (status == 429 || status >= 500) {
        throw new BrokenException("the server answers HTTP " + status);
      } else {
        throw new DataException(
            address.toString(),
            "the server answers HTTP %d, expected the file".formatted(status),
            remedy(status));
      }
    }
  }

  private static String remedy(int status) {
    return switch (status) {
      case 404 -> "There is no such file: check the base address";
      case 407 -> "The proxy wants a login: HTTPS_PROXY=http://name:password@host:port";
      default -> "Try again later";
    };
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws BrokenException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new BrokenException(reason(e) + new EnvironmentProxy(System.getenv()).note(address));
    } catch (IllegalArgumentException e) { // a redirect to what is no address of a server
      throw new DataException(
          address.toString(),
          "the server sends us elsewhere, to no address of a server: " + Reason.of(e),
          "Try again later, or another mirror with  --from",
          e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void receive(InputStream body, long start, OptionalLong total, Progress progress)
      throws IOException, BrokenException {
    long size = start;
    byte[] buffer = new byte[1 << 16];
    try (var guard = new StallGuard(body, stall);
        FileChannel out =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(start).position(start);
      int count;
      while ((count = read(body, buffer, guard)) >= 0) {
        for (ByteBuffer rest = ByteBuffer.wrap(buffer, 0, count); rest.hasRemaining(); ) {
          out.write(rest);
        }
        size += count;
        progress.at(size, total);
      }
    }
    if (total.isPresent() && size != total.getAsLong()) {
      throw new BrokenException(
          "it ended after %,d of %,d bytes".formatted(size, total.getAsLong()));
    }
  }

  /** Tells a broken connection from a disk that refuses: only the first is worth another try. */
  private int read(InputStream body, byte[] buffer, StallGuard guard) throws BrokenException {
    String problem = "";
    try {
      int count = body.read(buffer);
      if (!guard.hasCut()) {
        guard.alive();
        return count;
      }
    } catch (IOException e) {
      problem = reason(e);
    }
    throw new BrokenException(
        guard.hasCut() ? "nothing came for " + stall.toSeconds() + " s" : problem);
  }

  private static String reason(IOException e) {
    return Reason.of(e);
  }

  private long present() throws IOException {
    if (Files.exists(part) && !Files.isRegularFile(part)) {
      throw new IOException(
          "%s: %s, expected a regular file".formatted(part, InputFile.kind(part)));
    }
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private static OptionalLong number(@Nullable String digits) {
    return digits == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
  }

  private void rest() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private DataException interrupted() {
    Thread.currentThread().interrupt();
    return new DataException(
        address.toString(), "interrupted", "Run the same command again: it goes on from here");
  }
}
