package engram.bench.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import engram.base.EnvironmentProxy;
import engram.base.Excerpt;
import engram.base.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * JSON over HTTP to a server that may be slow, away or in trouble: asks again until it answers as
 * it should, or until the thread is interrupted. The pauses double, with jitter, so that many
 * programs do not come back all at once; a server that says {@code Retry-After} is heeded.
 */
final class PatientHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_ANSWER = 4 << 20;
  private static final int SHOWN_OF_ANSWER = 200;

  /** Of a server that does not say how long to wait. */
  private static final Duration NO_WISH = Duration.ZERO;

  private final HttpClient client;
  private final EnvironmentProxy proxy;
  private final Login login;
  private final Pace pace;

  /**
   * How long to wait.
   *
   * @param answer for a whole answer
   * @param pause before the first repetition
   * @param longestPause between two repetitions, whatever the server says
   */
  record Pace(Duration answer, Duration pause, Duration longestPause) {
    static final Pace USUAL =
        new Pace(Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ofMinutes(1));
  }

  /** The server understood and said no: asking again would not help. */
  static final class RefusedException extends IOException {
    private final String answer;

    RefusedException(String message, String answer) {
      super(message);
      this.answer = answer;
    }

    /** Whether the answer holds a word, such as an error code. */
    boolean says(String word) {
      return answer.contains(word);
    }
  }

  /** An answer that another try may better. */
  private static final class TroubleException extends Exception {
    final Duration retryAfter;

    TroubleException(String message, Duration retryAfter) {
      super(message);
      this.retryAfter = retryAfter;
    }
  }

  /** Without a proxy. */
  PatientHttp(Login login, Pace pace) {
    this(login, pace, Map.of(), Optional.empty());
  }

  /**
   * @param environment whose proxies are followed
   * @param trust which certificates of servers are taken; empty for Java's usual ones
   * @throws IllegalArgumentException if a proxy is not the address of one
   */
  PatientHttp(Login login, Pace pace, Map<String, String> environment, Optional<SSLContext> trust) {
    this.login = login;
    this.pace = pace;
    this.proxy = new EnvironmentProxy(environment);
    HttpClient.Builder builder =
        EnvironmentProxy.client(environment)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(pace.answer());
    trust.ifPresent(builder::sslContext);
    client = builder.build();
  }

  /**
   * Sends JSON.
   *
   * @param expected JSON pointer to what the answer must hold; empty for any JSON object
   * @throws IOException if the server refuses, or the thread was interrupted first
   */
  JsonNode post(URI address, JsonNode body, String expected) throws IOException {
    return patiently(posting(address, body), answer -> parsed(answer, expected));
  }

  /**
   * The same where a good answer may also say no.
   *
   * @param refusal JSON pointer to the words of the server when it does
   */
  JsonNode post(URI address, JsonNode body, String expected, String refusal) throws IOException {
    JsonNode json =
        patiently(
            posting(address, body),
            answer -> parsed(answer, expected).or(() -> parsed(answer, refusal)));
    if (json.at(expected).isMissingNode()) {
      String words = json.at(refusal).asText();
      throw new RefusedException("%s says: %s".formatted(place(address), shown(words)), words);
    }
    return json;
  }

  private HttpRequest.Builder posting(URI address, JsonNode body) throws JsonProcessingException {
    return request(address)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
  }

  JsonNode get(URI address, String expected) throws IOException {
    return patiently(request(address).GET(), answer -> parsed(answer, expected));
  }

  /** Stores a file at an address of this server. */
  void put(URI address, byte[] file, String type) throws IOException {
    store(request(address), file, Map.of("Content-Type", type));
  }

  /** Stores a file at an address that carries its own permission: the login stays here. */
  void putElsewhere(URI address, byte[] file, Map<String, String> headers) throws IOException {
    store(HttpRequest.newBuilder(address), file, headers);
  }

  private void store(HttpRequest.Builder to, byte[] file, Map<String, String> headers)
      throws IOException {
    headers.forEach(to::header);
    patiently(to.PUT(BodyPublishers.ofByteArray(file)), Optional::of);
  }

  private HttpRequest.Builder request(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    login.header().ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  /** Empty for some proxy's page, half an answer, or JSON without what was asked for. */
  static Optional<JsonNode> parsed(String answer, String expected) {
    try {
      return Optional.of(JSON.readTree(answer))
          .filter(json -> json.isObject() && !json.at(expected).isMissingNode());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * The address that a server gives, in full or below its own.
   *
   * @throws IOException if it is no address of the web
   */
  static URI address(URI server, String given) throws IOException {
    try {
      URI address = server.resolve(given);
      return HttpRequest.newBuilder(address).build().uri();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s names an address that is none: %s".formatted(server.getHost(), Excerpt.of(given)), e);
    }
  }

  /**
   * @param reading makes something of an answer; empty if it makes no sense
   */
  private <T> T patiently(HttpRequest.Builder builder, Function<String, Optional<T>> reading)
      throws IOException {
    HttpRequest request = builder.timeout(pace.answer()).build();
    long longest = pace.longestPause().toNanos();
    long pause = pace.pause().toNanos();
    String trouble = "no answer yet";
    while (true) {
      try {
        long wish = 0;
        try {
          String answer = accepted(request);
          Optional<T> read = reading.apply(answer);
          if (read.isPresent()) {
            return read.get();
          }
          trouble = "an answer that makes no sense: " + shown(answer);
        } catch (TroubleException e) {
          trouble = String.valueOf(e.getMessage());
          wish = e.retryAfter.toNanos();
        }
        long jittered = (long) (pause * ThreadLocalRandom.current().nextDouble(0.5, 1));
        Thread.sleep(Duration.ofNanos(Math.min(Math.max(jittered, wish), longest)));
      } catch (InterruptedException e) {
        throw new IOException("%s: %s".formatted(place(request.uri()), trouble));
      }
      pause = Math.min(2 * pause, longest);
    }
  }

  /** The text of an answer with a status of success. */
  private String accepted(HttpRequest request)
      throws RefusedException, TroubleException, InterruptedException {
    HttpResponse<String> answer = send(request);
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return answer.body();
    }
    if (status >= 500 || status == 408 || status == 425 || status == 429) {
      throw new TroubleException("HTTP " + status, retryAfter(answer));
    }
    throw new RefusedException(
        "%s says HTTP %d: %s".formatted(place(request.uri()), status, shown(answer.body())),
        answer.body());
  }

  /** Within the time for an answer, of which HttpClient's own limit ends with the first byte. */
  private HttpResponse<String> send(HttpRequest request)
      throws TroubleException, InterruptedException {
    CompletableFuture<HttpResponse<String>> sent =
        client.sendAsync(
            request,
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LONGEST_ANSWER));
    try {
      return sent.get(pace.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new TroubleException(reason(e) + proxy.note(request.uri()), NO_WISH);
    } catch (TimeoutException e) {
      throw new TroubleException("no answer in %d s".formatted(pace.answer().toSeconds()), NO_WISH);
    } finally {
      sent.cancel(true);
    }
  }

  private String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return login.redact(Reason.of(cause));
  }

  /** Seconds only: dates are rare, and a pause of our own does as well. */
  private static Duration retryAfter(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(NO_WISH);
  }

  private static String place(URI address) {
    return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
  }

  private String shown(String answer) {
    String line = login.redact(answer).strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN_OF_ANSWER ? line : line.substring(0, SHOWN_OF_ANSWER) + " ...";
  }
}
