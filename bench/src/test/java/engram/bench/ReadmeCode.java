package engram.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * A block of Java in a README, and the source file that it makes. A comment before a block says
 * what its readers need not see, and whether the block is run, too:
 *
 * <pre>{@code
 * <!-- run
 * float[] points = ...;
 * -->
 * }</pre>
 *
 * or {@code <!-- given ... -->} if it is only compiled.
 *
 * @param readme file that holds it
 * @param line of its first line of code, from 1
 * @param runs whether it is run
 * @param given statements before it
 * @param code as printed; {@code = ...;} stands for any value
 */
record ReadmeCode(Path readme, int line, boolean runs, String given, String code) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?:^<!-- (?<mark>run|given)\\b(?<given>.*?)-->\n+)?^```java\n(?<code>.*?)^```$",
          Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern TYPE =
      Pattern.compile(
          "^(?:public |final |abstract |sealed )*(?:class|record|interface|enum) (\\w+)",
          Pattern.MULTILINE);

  private static final Pattern IMPORT = Pattern.compile("^import .*;\n", Pattern.MULTILINE);

  private static final Pattern NAME = Pattern.compile("\\b[A-Z]\\w*");

  /** Where two classes have one name, a README means its own module's, else the first of these. */
  private static final List<String> MODULES = List.of("nn", "cl", "data", "bench", "engine");

  /** Public classes of Engram by simple name. */
  private static final Map<String, List<String>> CLASSES = classes();

  /** All blocks of all documents under a folder. */
  static List<ReadmeCode> under(Path root) throws IOException {
    try (Stream<Path> files =
        Files.find(root, 3, (file, attributes) -> file.toString().endsWith(".md"))) {
      Predicate<Path> built = file -> file.toString().contains("target");
      return files.filter(built.negate()).sorted().flatMap(file -> in(file).stream()).toList();
    }
  }

  /** All blocks of one document. */
  static List<ReadmeCode> in(Path readme) {
    String text;
    try {
      text = Files.readString(readme);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<ReadmeCode> blocks = new ArrayList<>();
    BLOCK
        .matcher(text)
        .results()
        .forEach(
            block -> {
              boolean marked = block.group("mark") != null;
              blocks.add(
                  new ReadmeCode(
                      readme,
                      (int) text.substring(0, block.start("code")).lines().count() + 1,
                      marked && block.group("mark").equals("run"),
                      marked ? block.group("given") : "",
                      block.group("code")));
            });
    return blocks;
  }

  /** Of the source file: the class that the block declares, or {@code Readme}. */
  String className() {
    return TYPE.matcher(code).results().findFirst().map(type -> type.group(1)).orElse("Readme");
  }

  /** The block with imports of all that it names, in a main method unless it declares a class. */
  String source() {
    String imports =
        IMPORT.matcher(code).results().map(MatchResult::group).collect(Collectors.joining());
    String body = IMPORT.matcher(code).replaceAll("").replace("= ...;", "= null;");
    boolean isType = TYPE.matcher(body).find();
    return """
    %s%s%simport java.io.*;
    import java.nio.file.*;
    import java.util.*;
    import java.util.function.*;

    %s
    """
        .formatted(
            imports,
            engramImports(),
            (given + body).matches("(?s).*\\bshape\\(.*")
                ? "import static engram.tensor.Shape.shape;\n"
                : "",
            isType
                ? given + body
                : """
                final class %s {
                  public static void main(String[] args) throws Exception {
                %s%s  }
                }
                """
                    .formatted(className(), given, body));
  }

  /** Where it stands. */
  @Override
  public String toString() {
    return "%s, line %d".formatted(readme, line);
  }

  private String engramImports() {
    Comparator<String> nearest =
        Comparator.<String>comparingInt(this::distance)
            .thenComparing(name -> name.split("\\.").length); // a backend's own classes come last
    return new TreeSet<>(NAME.matcher(given + code).results().map(MatchResult::group).toList())
        .stream()
            .filter(CLASSES::containsKey)
            .filter(name -> !name.equals(className()) && !code.contains("." + name + ";"))
            .map(name -> CLASSES.get(name).stream().min(nearest).orElseThrow())
            .map("import %s;\n"::formatted)
            .collect(Collectors.joining());
  }

  private int distance(String className) {
    String module = moduleOf(className);
    return module.equals(module()) ? -1 : MODULES.indexOf(module);
  }

  /** Folder of the document, {@code nn} for {@code nn/README.md}. */
  private String module() {
    String folder = readme.toAbsolutePath().normalize().getParent().getFileName().toString();
    return MODULES.contains(folder) ? folder : "front";
  }

  private static String moduleOf(String className) {
    String second = className.split("\\.")[1];
    return MODULES.contains(second) ? second : "engine";
  }

  private static Map<String, List<String>> classes() {
    try (StandardJavaFileManager files =
        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      Map<String, List<String>> classes = new TreeMap<>();
      for (JavaFileObject file :
          files.list(
              StandardLocation.CLASS_PATH, "engram", EnumSet.of(JavaFileObject.Kind.CLASS), true)) {
        String name = files.inferBinaryName(StandardLocation.CLASS_PATH, file);
        if (!name.contains("$") && !name.endsWith("-info") && isPublic(name)) {
          String simple = name.substring(name.lastIndexOf('.') + 1);
          classes.computeIfAbsent(simple, any -> new ArrayList<>()).add(name);
        }
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPublic(String name) {
    try {
      return Modifier.isPublic(
          Class.forName(name, false, ReadmeCode.class.getClassLoader()).getModifiers());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
