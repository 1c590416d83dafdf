package engram.cl.plugin;

import static engram.tensor.Shape.shape;

import engram.base.UserPath;
import engram.cl.catalog.Strategies;
import engram.cl.catalog.StrategyCatalog;
import engram.cl.catalog.StrategyProvider;
import engram.nn.NetworkFactory;
import engram.nn.Sequential;
import engram.nn.model.Models;
import engram.tensor.Shape;
import engram.tensor.ShapeException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The strategies and networks that can be named: those of the program, and those of plug-ins. */
public final class Plugins {
  /** The program alone. */
  public static final Plugins NONE = new Plugins();

  /** A source file with what may stand behind a strategy's name. */
  private static final Pattern SOURCE =
      Pattern.compile("(?<file>.*\\.java)(?<rest>([_@+].*)?)", Pattern.DOTALL);

  private final SequencedMap<Path, Plugin> plugins = new LinkedHashMap<>();
  private final SequencedMap<String, NetworkFactory> networks = new LinkedHashMap<>();
  private Strategies strategies = Strategies.BUILT_IN;

  private Plugins() {}

  /**
   * Opens plug-ins, each once.
   *
   * @param files Java sources and jars, relative to the working folder
   * @throws IllegalArgumentException with the file and what is wrong with it, or if a name is taken
   */
  public static Plugins open(Collection<String> files) {
    Plugins all = new Plugins();
    for (String file : files) {
      if (!all.plugins.containsKey(key(file))) {
        all.add(key(file), Plugin.open(UserPath.of(file)));
      }
    }
    return all;
  }

  /**
   * A strategy whose class is there already.
   *
   * @throws IllegalArgumentException if its name is taken or cannot be written
   */
  public static Plugins of(StrategyProvider provider) {
    Plugins all = new Plugins();
    all.strategies = all.strategies.with(provider.entry());
    return all;
  }

  private static Path key(String file) {
    return UserPath.of(file).toAbsolutePath().normalize();
  }

  private void add(Path key, Plugin plugin) {
    plugins.put(key, plugin);
    try {
      for (StrategyCatalog.Entry entry : plugin.strategies()) {
        strategies = strategies.with(entry);
      }
      plugin.networks().forEach(this::add);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(plugin.file(), e.getMessage()), e);
    }
  }

  private void add(String name, NetworkFactory network) {
    if (Models.NAMES.contains(name) || networks.putIfAbsent(name, network) != null) {
      throw new IllegalArgumentException(
          "network \"%s\": there is one of this name; choose another".formatted(name));
    }
  }

  /** The source file that a text names, such as {@code own/Mine.java_alpha=2@ring}. */
  public static Optional<String> sourceIn(String text) {
    return Optional.of(SOURCE.matcher(text)).filter(Matcher::matches).map(m -> m.group("file"));
  }

  /** A strategy's text, in which the name that it has stands for its source file. */
  public String strategy(String text) {
    Matcher parts = SOURCE.matcher(text);
    if (!parts.matches()) {
      return text;
    }
    Plugin plugin = opened(parts.group("file"));
    if (plugin.strategies().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: class %s is a network, expected a strategy; name it with --network"
              .formatted(plugin.file(), plugin.networks().firstEntry().getKey()));
    }
    return plugin.strategies().getFirst().name() + parts.group("rest");
  }

  /** A network's text, in which the name that it has stands for its source file. */
  public String network(String text) {
    if (!text.endsWith(".java")) {
      return text;
    }
    Plugin plugin = opened(text);
    if (plugin.networks().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: strategy %s is no network; name it with --strategies"
              .formatted(plugin.file(), plugin.strategies().getFirst().name()));
    }
    return plugin.networks().firstEntry().getKey();
  }

  private Plugin opened(String file) {
    return Optional.ofNullable(plugins.get(key(file))).orElseThrow();
  }

  /**
   * The layers of a network.
   *
   * @param text name of a plug-in's network, or what {@link Models#of} takes
   * @param input shape of one image, [height, width, channels]
   * @throws IllegalArgumentException if there is no such network, or if images do not fit it
   */
  public Sequential network(String text, Shape input, int classes) {
    NetworkFactory own = networks.get(text);
    if (own == null) {
      return Models.of(text, input, classes);
    }
    Sequential made = made(text, own, input, classes);
    if (!made.input().equals(input) || made.classifier().out() != classes) {
      throw new IllegalArgumentException(
          "network %s: it takes %s and has %d classes, expected %s and %d"
              .formatted(text, made.input(), made.classifier().out(), input, classes));
    }
    return made;
  }

  /** What fails in code that is not ours is said with its network and the line of its file. */
  private static Sequential made(String name, NetworkFactory own, Shape input, int classes) {
    try {
      Sequential made = own.create(input, classes);
      if (made == null) {
        throw new IllegalArgumentException("it is null, expected layers");
      }
      made.classifier();
      return made;
    } catch (RuntimeException e) {
      String what =
          e instanceof IllegalArgumentException || e instanceof IllegalStateException
              ? String.valueOf(e.getMessage())
              : e.toString();
      String place =
          Stream.of(e.getStackTrace())
              .filter(frame -> frame.getClassName().equals(own.getClass().getName()))
              .findFirst()
              .map(frame -> ", line " + frame.getLineNumber())
              .orElse("");
      throw new IllegalArgumentException(
          "network %s%s, on examples of %s: %s".formatted(name, place, input, what), e);
    }
  }

  /**
   * Fails on a network that there is not, before the images are there that it has to fit.
   *
   * @throws IllegalArgumentException with the nearest name, or the word that is wrong
   */
  public void requireNetwork(String text) {
    if (!networks.containsKey(text)) {
      try {
        Models.of(text, shape(64, 64, 3), 2);
      } catch (ShapeException e) {
        // It may fit other images.
      }
    }
  }

  /** The strategies that can be named. */
  public Strategies strategies() {
    return strategies;
  }
}
