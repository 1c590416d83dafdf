package engram.bench.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;

/** {@code engram shell}: Java line by line, with the engine at hand. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    description = {
      "Java line by line (the JDK's JShell) with the engine at hand: a tape t to record on, and"
          + " helpers to look at what it holds. help() lists them; /exit leaves.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram shell",
      "  jshell> var x = input(\"x\", shape(2, 3))",
      "  jshell> var y = t.relu(t.scale(2, x))",
      "  jshell> show(y)",
      "  jshell> check(new Softmax())"
    })
public final class ShellCommand implements Callable<Integer> {

  @Override
  public Integer call() throws Exception {
    Path startup = Files.createTempFile("engram-shell", ".jsh");
    try {
      Files.writeString(startup, startup());
      return JavaShellToolBuilder.builder()
          .persistence(new HashMap<>())
          .start(arguments(startup).toArray(String[]::new));
    } finally {
      Files.deleteIfExists(startup);
    }
  }

  /** How JShell is started: in this process, so that its code sees our classes and flags. */
  static List<String> arguments(Path startup) {
    return List.of(
        "--execution",
        "local",
        "--class-path",
        System.getProperty("java.class.path"),
        "--add-modules",
        "jdk.incubator.vector",
        "--startup",
        startup.toString());
  }

  /** The snippets that a shell begins with. */
  static String startup() {
    try (InputStream in = ShellCommand.class.getResourceAsStream("startup.jsh")) {
      if (in == null) {
        throw new IllegalStateException("the shell's startup.jsh is missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
