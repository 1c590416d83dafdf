package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house: which module may use which, which libraries each may use, and which package which. */
class ArchitectureTest {

  /**
   * Arrows point one way: {@code kernels <- engine <- nn <- cl <- learn <- bench} and {@code data
   * <- cl}; all of them stand on {@code base}.
   */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "base", Set.of(),
          "engine", Set.of("base"),
          "nn", Set.of("base", "engine"),
          "data", Set.of("base"),
          "cl", Set.of("base", "engine", "nn", "data"),
          "learn", Set.of("base", "engine", "nn", "data", "cl"),
          "bench", Set.of("base", "engine", "nn", "data", "cl", "learn"));

  /** Libraries beside the JDK. The command line may use any. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "base", List.of(),
          "engine", List.of("org.jocl"),
          "nn", List.of("com.fasterxml.jackson.core"), // headers of safetensors files
          "data", List.of("org.apache.commons.csv"),
          "cl", List.of(),
          "learn", List.of(),
          "bench", List.of(""));

  private static final List<String> JDK =
      List.of("java.", "javax.", "jdk.incubator.vector", "org.jspecify.annotations");

  /** {@code .../engine/target/classes/...}, {@code .../engram-engine-0.1.jar!/...}. */
  private static final Pattern ORIGIN =
      Pattern.compile(".*/(?:engram-([a-z]+)-[^/]*\\.jar|([a-z]+)/target/classes/).*");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("jmh_generated"))
          .importPackages("engram");

  @Test
  void allModulesAreExamined() {
    assertEquals(
        MAY_USE.keySet(),
        CLASSES.stream().map(ArchitectureTest::moduleOf).collect(Collectors.toSet()));
  }

  @Test
  void modulesUseOnlyThoseBelowThem() {
    assertNone(
        uses()
            .filter(use -> isOurs(use.target()))
            .filter(use -> !moduleOf(use.target()).equals(use.module()))
            .filter(use -> !MAY_USE.get(use.module()).contains(moduleOf(use.target()))));
  }

  @Test
  void modulesUseOnlyTheLibrariesTheyAreAllowed() {
    assertNone(
        uses()
            .filter(use -> !isOurs(use.target()))
            .filter(use -> !use.target().isPrimitive())
            .filter(use -> !startsWithAny(use.target().getName(), JDK))
            .filter(use -> !startsWithAny(use.target().getName(), LIBRARIES.get(use.module()))));
  }

  /**
   * The arrows between packages are those of {@code arrows.txt}, no more and no fewer, and each
   * points down: to a package that stands on a line above.
   */
  @Test
  void packagesUseThoseThatTheDrawingSaysAndNoArrowPointsUp() throws IOException {
    Map<String, Set<String>> drawn = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/engram/bench/arrows.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] sides = line.split("->", -1);
        Set<String> targets = new TreeSet<>(List.of(sides[1].strip().split("\\s+")));
        targets.remove("");
        for (String target : targets) {
          assertTrue(drawn.containsKey(target), sides[0].strip() + " -> " + target + " points up");
        }
        drawn.put(sides[0].strip(), targets);
      }
    }
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass from : CLASSES) {
      Set<String> targets = found.computeIfAbsent(room(from), _ -> new TreeSet<>());
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(ArchitectureTest::isOurs)
          .map(ArchitectureTest::room)
          .filter(target -> !target.equals(room(from)))
          .forEach(targets::add);
    }
    assertEquals(text(found), text(new TreeMap<>(drawn)), "arrows found, arrows drawn");
  }

  private static String room(JavaClass type) {
    return type.getPackageName().equals("engram") ? "." : type.getPackageName().substring(7);
  }

  private static String text(Map<String, Set<String>> arrows) {
    return arrows.entrySet().stream()
        .map(entry -> (entry.getKey() + " -> " + String.join(" ", entry.getValue())).strip())
        .collect(Collectors.joining("\n"));
  }

  private record Use(String module, JavaClass target, String description) {}

  private static Stream<Use> uses() {
    return CLASSES.stream()
        .flatMap(
            from ->
                from.getDirectDependenciesFromSelf().stream()
                    .map(
                        dependency ->
                            new Use(
                                moduleOf(from),
                                dependency.getTargetClass().getBaseComponentType(),
                                dependency.getDescription())));
  }

  private static void assertNone(Stream<Use> uses) {
    assertEquals(
        "",
        uses.map(use -> use.module() + ": " + use.description())
            .sorted()
            .collect(Collectors.joining("\n")));
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("engram");
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }

  private static String moduleOf(JavaClass type) {
    String uri = type.getSource().orElseThrow().getUri().toString();
    Matcher origin = ORIGIN.matcher(uri);
    if (!origin.matches()) {
      throw new AssertionError("of no module: " + uri);
    }
    return origin.group(1) != null ? origin.group(1) : origin.group(2);
  }
}
