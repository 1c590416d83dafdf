package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that a document shows compiles, and what is marked so runs. */
class ReadmeCodeTest {
  @TempDir Path folder;

  static List<ReadmeCode> blocks() throws IOException {
    return ReadmeCode.under(Path.of(".."));
  }

  static List<ReadmeCode> blocksThatRun() throws IOException {
    return blocks().stream().filter(ReadmeCode::runs).toList();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void compiles(ReadmeCode block) throws IOException {
    compile(block);
  }

  @Tag("process")
  @Timeout(120)
  @ParameterizedTest
  @MethodSource("blocksThatRun")
  void runs(ReadmeCode block) throws Exception {
    compile(block);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                folder + System.getProperty("path.separator") + classPath(),
                block.className())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> block + "\n" + output);
  }

  @Test
  void theFrontDoorHasCode() {
    assertFalse(ReadmeCode.in(Path.of("../README.md")).isEmpty());
  }

  private void compile(ReadmeCode block) throws IOException {
    Path source = folder.resolve(block.className() + ".java");
    Files.writeString(source, block.source());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-proc:none", "-cp", classPath(), "-d", folder.toString()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertTrue(done, () -> block + "\n" + said + "\n" + block.source());
    }
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }
}
