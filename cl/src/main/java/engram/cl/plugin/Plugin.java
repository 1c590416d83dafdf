package engram.cl.plugin;

import engram.cl.catalog.StrategyCatalog;
import engram.cl.catalog.StrategyProvider;
import engram.nn.NetworkFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * What one file offers.
 *
 * @param networks by the simple names of their classes
 */
record Plugin(
    Path file,
    List<StrategyCatalog.Entry> strategies,
    SequencedMap<String, NetworkFactory> networks) {

  /** Bound on a file: a jar with a large library in it. */
  private static final long MOST_BYTES = 1L << 28;

  /**
   * Opens a jar or a source file.
   *
   * @throws IllegalArgumentException with the file and what is wrong with it
   */
  static Plugin open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "%s: there is no such file; plug-ins are Java sources and jars".formatted(file));
    }
    if (file.toFile().length() > MOST_BYTES) {
      throw new IllegalArgumentException(
          "%s: %,d bytes, expected at most %,d"
              .formatted(file, file.toFile().length(), MOST_BYTES));
    }
    Plugin plugin = new Plugin(file, new ArrayList<>(), new LinkedHashMap<>());
    if (file.toString().endsWith(".java")) {
      plugin.add(made(file, SourceFile.compile(file)));
    } else if (file.toString().endsWith(".jar")) {
      plugin.addServices();
    } else {
      throw new IllegalArgumentException(
          "%s: expected a Java source (.java) or a jar (.jar)".formatted(file));
    }
    return plugin;
  }

  private static Object made(Path file, Class<?> type) {
    if (!StrategyProvider.class.isAssignableFrom(type)
        && !NetworkFactory.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException(
          "%s: class %s implements neither %s nor %s"
              .formatted(
                  file,
                  type.getSimpleName(),
                  StrategyProvider.class.getName(),
                  NetworkFactory.class.getName()));
    }
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "%s: class %s cannot be made, expected a public class with a public constructor without parameters: %s"
              .formatted(file, type.getSimpleName(), e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  private void add(Object made) {
    if (made instanceof StrategyProvider provider) {
      try {
        strategies.add(provider.entry());
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "%s: class %s has no entry: %s"
                .formatted(file, made.getClass().getSimpleName(), e.getMessage()),
            e);
      }
    }
    if (made instanceof NetworkFactory factory) {
      networks.put(made.getClass().getSimpleName(), factory);
    }
  }

  /** The loader stays open: a run may need further classes of the jar at any time. */
  @SuppressWarnings("resource")
  private void addServices() {
    URLClassLoader loader = new URLClassLoader(new URL[] {url()}, Plugin.class.getClassLoader());
    try {
      for (Class<?> service : List.of(StrategyProvider.class, NetworkFactory.class)) {
        ServiceLoader.load(service, loader).stream()
            .filter(each -> loader.equals(each.type().getClassLoader()))
            .forEach(each -> add(each.get()));
      }
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException("%s: %s".formatted(file, e.getMessage()), e);
    }
    if (strategies.isEmpty() && networks.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: it offers nothing; name its classes in META-INF/services/%s or META-INF/services/%s"
              .formatted(file, StrategyProvider.class.getName(), NetworkFactory.class.getName()));
    }
  }

  private URL url() {
    try {
      return file.toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
