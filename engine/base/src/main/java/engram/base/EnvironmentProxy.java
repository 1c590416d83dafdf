package engram.base;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxy that the environment names, as curl and Python's requests follow it: {@code
 * https_proxy} or {@code HTTPS_PROXY} for https, {@code http_proxy} or {@code HTTP_PROXY} for http,
 * {@code ALL_PROXY} for both, and {@code NO_PROXY} for hosts that are reached directly. Java by
 * itself knows none of these; its own {@code -Dhttps.proxyHost} goes before them.
 */
public final class EnvironmentProxy extends ProxySelector {
  private static final int HTTP_PORT = 80;

  /** Ways to log in that Java refuses on the way to a proxy: by default name and password. */
  private static final String NO_PASSWORD = "jdk.http.auth.tunneling.disabledSchemes";

  private final Map<String, String> environment;

  /**
   * A proxy.
   *
   * @param login name and password with a colon between, or empty
   */
  private record Address(String host, int port, String login) {}

  /**
   * The proxies of an environment.
   *
   * @throws IllegalArgumentException naming the variable, if one is not the address of a proxy
   */
  public EnvironmentProxy(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    for (String scheme : List.of("http", "https")) {
      address(scheme);
    }
  }

  /**
   * A client that reaches servers by these proxies.
   *
   * @throws IllegalArgumentException naming the variable, if one is not the address of a proxy
   */
  public static HttpClient.Builder client(Map<String, String> environment) {
    boolean ofJava =
        Stream.of("http.proxyHost", "https.proxyHost", "java.net.useSystemProxies")
            .anyMatch(name -> System.getProperty(name) != null);
    EnvironmentProxy proxy = new EnvironmentProxy(environment);
    if (!ofJava && Stream.of("http", "https").anyMatch(s -> proxy.address(s).isPresent())) {
      if (System.getProperty(NO_PASSWORD) == null) {
        System.setProperty(NO_PASSWORD, ""); // read when the first client is made
      }
      return HttpClient.newBuilder().proxy(proxy).authenticator(proxy.login());
    }
    return HttpClient.newBuilder();
  }

  @Override
  public List<Proxy> select(URI address) {
    return List.of(
        of(address)
            .map(at -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(at.host, at.port)))
            .orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    // Whoever asked is told.
  }

  /** {@code by the proxy HOST:PORT}, to be put behind a message on a server; else nothing. */
  public String note(URI address) {
    return of(address).map(at -> " (proxy %s:%d)".formatted(at.host, at.port)).orElse("");
  }

  private Optional<Address> of(URI address) {
    String host = String.valueOf(address.getHost());
    return isDirect(host, address.getPort())
        ? Optional.empty()
        : address(String.valueOf(address.getScheme()));
  }

  private Optional<Address> address(String scheme) {
    for (String name : List.of(scheme + "_proxy", "all_proxy")) {
      for (String variable : List.of(name, name.toUpperCase(Locale.ROOT))) {
        String value = environment.getOrDefault(variable, "").strip();
        if (!value.isEmpty()) {
          return Optional.of(address(variable, value));
        }
      }
    }
    return Optional.empty();
  }

  private static Address address(String variable, String value) {
    try {
      URI uri = URI.create(value.contains("://") ? value : "http://" + value);
      if (uri.getHost() != null && uri.getScheme().equals("http")) {
        return new Address(
            uri.getHost(),
            uri.getPort() < 0 ? HTTP_PORT : uri.getPort(),
            Objects.requireNonNullElse(uri.getUserInfo(), ""));
      }
    } catch (IllegalArgumentException e) {
      // Said below, without the value: a password may be in it.
    }
    throw new IllegalArgumentException(
        "%s is not the address of a proxy that can be used, expected such as http://proxy:3128"
            .formatted(variable));
  }

  private boolean isDirect(String host, int port) {
    String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    String name = host.toLowerCase(Locale.ROOT);
    return Stream.of(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(
            entry ->
                entry.equals("*")
                    || AddressRange.of(entry).map(range -> range.holds(name)).orElse(false)
                    || isBelow(name, entry)
                    || isBelow(name + ":" + port, entry));
  }

  /** Whether a host is that of an entry, such as {@code .example.org}, or of a domain below it. */
  private static boolean isBelow(String host, String entry) {
    String domain = entry.replaceFirst("^\\*?\\.", "");
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private Authenticator login() {
    return new Authenticator() {
      @Override
      @SuppressWarnings("NullAway") // null is the JDK's word for none
      protected PasswordAuthentication getPasswordAuthentication() {
        return Stream.of("https", "http")
            .flatMap(scheme -> address(scheme).stream())
            .filter(at -> at.host.equals(getRequestingHost()) && !at.login.isEmpty())
            .filter(_ -> getRequestorType() == RequestorType.PROXY)
            .findFirst()
            .map(
                at -> {
                  String[] parts = at.login.split(":", 2);
                  String password = parts.length > 1 ? parts[1] : "";
                  return new PasswordAuthentication(parts[0], password.toCharArray());
                })
            .orElse(null);
      }
    };
  }
}
