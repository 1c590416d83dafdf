package engram.cl.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A Java source file, compiled in this process against the program itself. */
public final class SourceFile {
  private static final String VECTORS = "jdk.incubator.vector";

  /** The program's classes, read once: that takes most of a compilation. */
  private static @Nullable StandardJavaFileManager program;

  private SourceFile() {}

  /**
   * The class that is named like the file; others may stand beside it in the file.
   *
   * @throws IllegalArgumentException with file, line, column and the line itself, if it does not
   *     compile
   */
  public static Class<?> compile(Path file) {
    return compile(file, "").load(file);
  }

  /**
   * Writes the classes of a file below a folder, so that another process can load them.
   *
   * @return name of the class that is named like the file
   * @throws IllegalArgumentException as {@link #compile(Path)}
   */
  public static String compileInto(Path folder, Path file) throws IOException {
    InMemory classes = compile(file, "");
    classes.writeTo(folder);
    return classes.main(file);
  }

  /**
   * The class that is named like the file, which may use those of other files of its folder.
   *
   * @throws IllegalArgumentException with file, line, column and the line itself, if it or one that
   *     it uses does not compile
   */
  public static Class<?> compileAmongOthers(Path file) {
    return compile(file, String.valueOf(file.toAbsolutePath().getParent())).load(file);
  }

  private static synchronized InMemory compile(Path file, String sources) {
    JavaCompiler compiler =
        Optional.ofNullable(ToolProvider.getSystemJavaCompiler())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s: compiling it needs a JDK, and this Java, %s, is none; start with a JDK, or put the class into a jar for --plugins"
                            .formatted(file, System.getProperty("java.home"))));
    if (program == null) {
      program = compiler.getStandardFileManager(null, Locale.ROOT, null);
    }
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    InMemory classes = new InMemory(program);
    boolean compiled =
        compiler
            .getTask(null, classes, said, options(sources), null, program.getJavaFileObjects(file))
            .call();
    Optional<String> error =
        said.getDiagnostics().stream()
            .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
            .findFirst()
            .map(each -> text(file, each));
    if (!compiled || error.isPresent()) {
      throw new IllegalArgumentException(error.orElse(file + ": it does not compile"));
    }
    return classes;
  }

  private static List<String> options(String sources) {
    List<String> options =
        List.of(
            "-proc:none",
            "-g", // messages of exceptions name variables
            "-parameters",
            "-sourcepath",
            sources,
            "-classpath",
            System.getProperty("java.class.path"));
    return hasVectors()
        ? Stream.concat(Stream.of("--add-modules", VECTORS), options.stream()).toList()
        : options;
  }

  /** An incubator is there only if this Java was started with it. */
  private static boolean hasVectors() {
    return ModuleLayer.boot().findModule(VECTORS).isPresent();
  }

  /** File, line, column, what is wrong, the line, and a mark below the column. */
  private static String text(Path asked, Diagnostic<? extends JavaFileObject> error) {
    String message = error.getMessage(Locale.ROOT).strip();
    if (message.contains(VECTORS) && !hasVectors()) {
      message =
          "this Java was started without the module %s: add  --add-modules %s, as bench/engram does"
              .formatted(VECTORS, VECTORS);
    }
    if (error.getLineNumber() == Diagnostic.NOPOS) {
      return "%s: %s".formatted(asked, message);
    }
    Path place = Path.of(Optional.ofNullable(error.getSource()).orElseThrow().getName());
    Path file = asked.resolveSibling(String.valueOf(place.getFileName()));
    return "%s, line %d, column %d: %s\n%s"
        .formatted(
            file, error.getLineNumber(), error.getColumnNumber(), message, line(error).strip());
  }

  private static String line(Diagnostic<? extends JavaFileObject> error) {
    try {
      return Optional.ofNullable(error.getSource())
          .orElseThrow()
          .getCharContent(true)
          .toString()
          .lines()
          .skip(error.getLineNumber() - 1)
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Class files that stay in memory. */
  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

    InMemory(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/')), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          classes.put(name, bytes);
          return bytes;
        }
      };
    }

    /** Name of the class that is named like the file. */
    String main(Path file) {
      String simple = file.getFileName().toString().replaceFirst("\\.java$", "");
      return classes.keySet().stream()
          .filter(each -> each.substring(each.lastIndexOf('.') + 1).equals(simple))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "%s: there is no class %s in it, expected one that is named like the file"
                          .formatted(file, simple)));
    }

    Class<?> load(Path file) {
      try {
        return new Loader(classes).loadClass(main(file));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }

    void writeTo(Path folder) throws IOException {
      for (Map.Entry<String, ByteArrayOutputStream> each : classes.entrySet()) {
        Path target = folder.resolve(each.getKey().replace('.', '/') + ".class");
        Files.createDirectories(target.getParent());
        Files.write(target, each.getValue().toByteArray());
      }
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, ByteArrayOutputStream> classes;

    Loader(Map<String, ByteArrayOutputStream> classes) {
      super(SourceFile.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      ByteArrayOutputStream bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    }
  }
}
