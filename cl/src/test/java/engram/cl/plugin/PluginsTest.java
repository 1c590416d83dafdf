package engram.cl.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import engram.backend.Backend;
import engram.cl.catalog.Strategies;
import engram.cl.experiment.Experiment;
import engram.cl.experiment.StopRequest;
import engram.cl.result.StrategyRun;
import engram.cl.settings.Settings;
import engram.data.Dataset;
import engram.data.ImageSet;
import engram.device.Devices;
import engram.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strategies and networks from outside, first of all those that {@code README.md} shows. */
class PluginsTest {
  private static final Pattern FILE =
      Pattern.compile(
          "^```java\n(import .*?class (\\w+) .*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path folder;

  /** A file of the README, written as a reader would. */
  private Path shown(String name) throws IOException {
    String code =
        FILE.matcher(Files.readString(Path.of("README.md")))
            .results()
            .filter(block -> block.group(2).equals(name))
            .map((MatchResult block) -> block.group(1))
            .findFirst()
            .orElseThrow();
    return write(name, code);
  }

  private Path write(String name, String code) throws IOException {
    return Files.writeString(folder.resolve(name + ".java"), code);
  }

  private static Plugins open(Path... files) {
    return Plugins.open(Stream.of(files).map(Path::toString).toList());
  }

  private static String error(Path... files) {
    return assertThrows(IllegalArgumentException.class, () -> open(files)).getMessage();
  }

  /** Grey images of 6 x 5; what tells the classes apart is which row is bright. */
  private static ImageSet rows(int classes, int ofEach) {
    int bytes = 6 * 5;
    byte[] pixels = new byte[classes * ofEach * bytes];
    int[] labels = IntStream.range(0, classes * ofEach).map(i -> i % classes).toArray();
    for (int i = 0; i < labels.length; i++) {
      for (int x = 0; x < 5; x++) {
        pixels[i * bytes + labels[i] * 5 + x] = (byte) (100 + i);
      }
    }
    return new ImageSet(6, 5, 1, pixels, labels, IntStream.range(0, labels.length).toArray());
  }

  private static List<StrategyRun> run(Plugins plugins, String network, String... strategies) {
    Settings settings =
        Settings.of(
            Map.of(
                "strategies", String.join(",", strategies),
                "network", network,
                "tasks", "2",
                "batch", "4",
                "epochs", "1",
                "buffer", "6"),
            false);
    Dataset data = new Dataset("rows", List.of("a", "b", "c", "d"), rows(4, 6), rows(4, 2));
    try (Backend backend = Devices.open("plain", 1, line -> {})) {
      return new Experiment(settings, plugins, data, backend, _ -> {}, new StopRequest()).run();
    }
  }

  @Test
  void theReadmesStrategyRunsBesideErAndItsHyperParameterMatters() throws IOException {
    Plugins plugins = open(shown("WeightedReplay"));
    List<StrategyRun> runs =
        run(plugins, "mlp 8 1", "er", "weighted", "weighted_weight=0@ring+nme");
    assertEquals(
        List.of("er", "weighted", "weighted_weight=0@ring+nme"),
        runs.stream().map(StrategyRun::strategy).toList());
    assertEquals(6, runs.get(1).memory().orElseThrow().images());
    assertEquals("buffer", plugins.strategies().keeps("weighted"));
    assertEquals(
        "strategy \"weighted_height=1\": there is no hyper-parameter \"height\", perhaps weight;"
            + " choose from weight",
        assertThrows(IllegalArgumentException.class, () -> run(plugins, "mlp", "weighted_height=1"))
            .getMessage());
  }

  @Test
  void theReadmesNetworkLearnsImagesOfAnyShape() throws IOException {
    Plugins plugins = open(shown("TwoConvolutions"));
    assertEquals(1, run(plugins, "TwoConvolutions", "fine-tune").size());
    assertEquals(
        Shape.shape(3, 7),
        plugins.network("TwoConvolutions", Shape.shape(9, 4, 3), 7).outputShape(3));
  }

  @Test
  void aSourceFileStandsForTheNameThatItsClassHas() throws IOException {
    Path strategy = shown("WeightedReplay");
    Path network = shown("TwoConvolutions");
    Plugins plugins = open(strategy, network);
    assertEquals("weighted_weight=3@ring+nme", plugins.strategy(strategy + "_weight=3@ring+nme"));
    assertEquals("der++_alpha=2", plugins.strategy("der++_alpha=2"));
    assertEquals("TwoConvolutions", plugins.network(network.toString()));
    assertEquals("mlp 20 1", plugins.network("mlp 20 1"));
    assertEquals(strategy.toString(), Plugins.sourceIn(strategy + "@ring").orElseThrow());
    assertTrue(Plugins.sourceIn("er@ring").isEmpty());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> plugins.network(strategy.toString()))
            .getMessage()
            .endsWith("strategy weighted is no network; name it with --strategies"));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> plugins.strategy(network.toString()))
            .getMessage()
            .endsWith("TwoConvolutions is a network, expected a strategy; name it with --network"));
  }

  @Test
  void theSameFileTwiceIsOnePlugInAndAnotherOfItsNameIsRefused() throws IOException {
    Path file = shown("WeightedReplay");
    Path again = folder.resolve(".").resolve("WeightedReplay.java");
    assertEquals(Strategies.NAMES.size() + 1, open(file, again).strategies().entries().size());
    Path other =
        write("Other", Files.readString(file).replace("class WeightedReplay", "class Other"));
    assertEquals(
        other + ": strategy \"weighted\": there is one of this name; choose another",
        error(file, other));
    Path er =
        write(
            "Er",
            Files.readString(other)
                .replace("class Other", "class Er")
                .replace("\"weighted\"", "\"er\""));
    assertEquals(er + ": strategy \"er\": there is one of this name; choose another", error(er));
  }

  @Test
  void anErrorNamesFileLineAndColumnAndShowsTheLine() throws IOException {
    Path file = shown("TwoConvolutions");
    Files.writeString(file, Files.readString(file).replace("return Sequential", "return Sequence"));
    List<String> lines = error(file).lines().toList();
    assertTrue(
        lines.getFirst().startsWith(file + ", line 9, column 12: cannot find symbol"),
        lines.getFirst());
    assertEquals("return Sequence.of(", lines.getLast());
  }

  @Test
  void aFileThatOffersNothingIsNamed() throws IOException {
    assertEquals(
        folder.resolve("none.java") + ": there is no such file; plug-ins are Java sources and jars",
        error(folder.resolve("none.java")));
    Path text = Files.writeString(folder.resolve("notes.txt"), "");
    assertEquals(text + ": expected a Java source (.java) or a jar (.jar)", error(text));
    Path plain = write("Plain", "public class Plain {}");
    assertEquals(
        plain
            + ": class Plain implements neither engram.cl.catalog.StrategyProvider nor"
            + " engram.nn.NetworkFactory",
        error(plain));
    Path other = write("Named", "class Otherwise {}");
    assertEquals(
        other + ": there is no class Named in it, expected one that is named like the file",
        error(other));
    Path hidden =
        write(
            "Hidden",
            """
            class Hidden implements engram.nn.NetworkFactory {
              public engram.nn.Sequential create(engram.tensor.Shape input, int classes) {
                throw new IllegalStateException();
              }
            }
            """);
    assertTrue(
        error(hidden)
            .startsWith(
                hidden
                    + ": class Hidden cannot be made, expected a public class with a public"
                    + " constructor without parameters"),
        () -> error(hidden));
  }

  @Test
  void aNetworkThatIsOfAnotherShapeThanTheDataIsRefused() throws IOException {
    Path file =
        write(
            "Narrow",
            """
            import engram.nn.*;
            import engram.nn.layer.*;
            import engram.tensor.Shape;

            public class Narrow implements NetworkFactory {
              public Sequential create(Shape input, int classes) {
                return Sequential.of(Shape.shape(4), new Linear(4, classes));
              }
            }
            """);
    Plugins plugins = open(file);
    assertEquals(
        "network Narrow: it takes [4] and has 3 classes, expected [6, 5, 1] and 3",
        assertThrows(
                IllegalArgumentException.class,
                () -> plugins.network("Narrow", Shape.shape(6, 5, 1), 3))
            .getMessage());
  }

  @Test
  void aNetworkThatThrowsIsNamedWithItsLine() throws IOException {
    Path file =
        write(
            "Throwing",
            """
            import engram.nn.*;
            import engram.tensor.Shape;

            public class Throwing implements NetworkFactory {
              public Sequential create(Shape input, int classes) {
                throw new IllegalStateException("not today");
              }
            }
            """);
    Plugins plugins = open(file);
    assertEquals(
        "network Throwing, line 6, on examples of [6, 5, 1]: not today",
        assertThrows(
                IllegalArgumentException.class,
                () -> plugins.network("Throwing", Shape.shape(6, 5, 1), 3))
            .getMessage());
  }

  @Test
  void aJarIsFoundByWhatItNamesInMetaInf() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-d",
                classes.toString(),
                shown("WeightedReplay").toString(),
                shown("TwoConvolutions").toString());
    assertEquals(0, compiled);
    Path jar = folder.resolve("own.jar");
    write(jar, classes, Map.of());
    assertTrue(error(jar).startsWith(jar + ": it offers nothing; name its classes in META-INF/"));
    Map<String, String> services =
        Map.of(
            "engram.cl.catalog.StrategyProvider", "WeightedReplay",
            "engram.nn.NetworkFactory", "TwoConvolutions");
    write(jar, classes, services);
    assertEquals("weighted", run(open(jar), "TwoConvolutions", "weighted").getFirst().strategy());
    write(jar, classes, Map.of("engram.nn.NetworkFactory", "NotThere"));
    assertTrue(error(jar).contains("NotThere"), () -> error(jar));
    Files.writeString(jar, "no jar");
    assertTrue(error(jar).startsWith(jar + ": "), () -> error(jar));
  }

  private static void write(Path jar, Path classes, Map<String, String> services)
      throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.list(classes)) {
      for (Path file : files.toList()) {
        out.putNextEntry(new JarEntry(file.getFileName().toString()));
        out.write(Files.readAllBytes(file));
      }
      for (Map.Entry<String, String> service : services.entrySet()) {
        out.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
        out.write(service.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
