package engram.bench.track;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a server wants to know of a person. Prints as stars, and takes itself out of texts.
 *
 * @param header value of the header {@code Authorization}
 * @param secrets what no text may show
 */
record Login(Optional<String> header, List<String> secrets) {

  static Login none() {
    return new Login(Optional.empty(), List.of());
  }

  /** HTTP's basic authentication. */
  static Login basic(String user, String password) {
    String pair = user + ":" + password;
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return new Login(Optional.of("Basic " + encoded), List.of(encoded, password));
  }

  /**
   * A token.
   *
   * @throws IllegalArgumentException, without the token, if no header can hold it
   */
  static Login bearer(String token) {
    if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("the token holds characters that no token has");
    }
    return new Login(Optional.of("Bearer " + token), List.of(token));
  }

  /** The text without any secret: servers may send back what they were sent. */
  String redact(String text) {
    return secrets.stream()
        .filter(secret -> !secret.isEmpty())
        .reduce(text, (clean, secret) -> clean.replace(secret, "***"));
  }

  @Override
  public String toString() {
    return "***";
  }
}
