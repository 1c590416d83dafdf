package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a copy of {@code bench/engram} in a project of its own, with JDKs and a Maven that only say
 * what they were asked for. Nothing of the machine's own is on {@code PATH} but the tools below.
 */
@Tag("process")
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "dirname",
          "find",
          "head",
          "mkdir",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "touch");

  @TempDir Path folder;
  private Path project;
  private Path home;
  private Path tools;

  private record Result(int exit, String out, String err) {}

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectories(folder.resolve("a project"));
    home = Files.createDirectories(folder.resolve("home"));
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      Path real =
          Stream.of("/bin", "/usr/bin")
              .map(bin -> Path.of(bin, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      executable(tools.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(real));
    }
    Files.createDirectories(project.resolve("bench/src/main"));
    Files.writeString(project.resolve("pom.xml"), "");
    Files.writeString(project.resolve("bench/src/main/Source.java"), "");
    executable(project.resolve("bench/engram"), launcher());
    executable(
        tools.resolve("mvn"),
        """
        #!/bin/sh
        echo x >>"%1$s/builds"
        : >"%1$s/bench/target/engram.jar"
        """
            .formatted(project));
  }

  @Test
  void javaHomeIsTakenWhenItIsNewEnough() throws Exception {
    jdk(home.resolve(".jdks/later"), "99.0.1");
    assertEquals("JDK 25.0.3", jdkTaken(Map.of("JAVA_HOME", jdk(folder.resolve("jdk"), "25.0.3"))));
  }

  @Test
  void javaOnThePathIsTakenWhenJavaHomeIsTooOld() throws Exception {
    jdk(home.resolve(".jdks/later"), "99.0.1");
    String later = jdk(folder.resolve("my jdk"), "26-ea");
    Files.createSymbolicLink(tools.resolve("java"), Path.of(later, "bin/java"));
    String old = jdk(folder.resolve("old"), "17.0.15");
    assertEquals("JDK 26-ea", jdkTaken(Map.of("JAVA_HOME", old)));
  }

  @Test
  void newestOfTheInstallFoldersIsTakenOtherwise() throws Exception {
    jdk(home.resolve(".sdkman/candidates/java/98-tem"), "98");
    jdk(home.resolve(".jdks/later one"), "99.0.1");
    jdk(home.resolve(".m2/jdks/8"), "1.8.0_402");
    assertEquals("JDK 99.0.1", jdkTaken(Map.of()));
  }

  @Test
  void withoutAJdkItSaysWhatIsThereAndWhatToInstall() throws Exception {
    executable(
        project.resolve("bench/engram"), launcher().replace("MINIMUM_JDK=25", "MINIMUM_JDK=1000"));
    Path old = folder.toRealPath().resolve("old");
    Result result = start(Map.of("JAVA_HOME", jdk(old, "17.0.15")));
    assertEquals(1, result.exit());
    assertTrue(result.err().startsWith("engram: no JDK 1000 or newer found (found: 17 in " + old));
    assertTrue(result.err().contains("JAVA_HOME"), result.err());
  }

  @Test
  void argumentsReachTheProgramUnchanged() throws Exception {
    String out = start(withJdk(), "run", "--out", "my runs/*", "").out();
    assertTrue(out.endsWith("<engram.bench.Engram><run><--out><my runs/*><>\n"), out);
  }

  @Test
  void buildsWhenTheJarIsMissingOrOlderThanASource() throws Exception {
    start(withJdk());
    start(withJdk());
    assertEquals(1, builds());
    Files.setLastModifiedTime(
        project.resolve("bench/target/engram.jar"), FileTime.fromMillis(1_000_000));
    assertEquals(0, start(withJdk()).exit());
    assertEquals(2, builds());
  }

  @Test
  void buildsWhenTheProgramThatMakesTilesIsNewer() throws Exception {
    start(withJdk());
    Path jar = project.resolve("bench/target/engram.jar");
    Path maker = Files.createDirectories(project.resolve("engine/src/tiles"));
    Files.setLastModifiedTime(
        maker, FileTime.fromMillis(Files.getLastModifiedTime(jar).toMillis() + 10_000));
    assertEquals(0, start(withJdk()).exit());
    assertEquals(2, builds());
  }

  @Test
  void takesOverTheLockOfABuildThatDied() throws Exception {
    Path lock = Files.createDirectories(project.resolve("bench/target/build.lock"));
    Process died = new ProcessBuilder("true").start();
    died.waitFor();
    Files.writeString(lock.resolve("pid"), died.pid() + "\n");
    assertEquals(0, start(withJdk()).exit());
    assertTrue(Files.notExists(lock));
  }

  @Test
  void startsThroughAChainOfLinks() throws Exception {
    Path first = folder.resolve("first");
    Files.createSymbolicLink(first, Path.of("a project/bench/engram"));
    Path second = Files.createSymbolicLink(home.resolve("engram"), first);
    assertEquals(0, run(second, withJdk()).exit());
  }

  @Test
  void aFailedBuildShowsItsMessages() throws Exception {
    executable(tools.resolve("mvn"), "#!/bin/sh\necho 'Source.java: no such method'\nexit 1\n");
    Result result = start(withJdk());
    assertEquals(1, result.exit());
    assertTrue(result.err().contains("no such method"), result.err());
    assertTrue(result.err().contains("engram: the build failed"), result.err());
    assertTrue(Files.notExists(project.resolve("bench/target/build.lock")));
  }

  @Test
  void withoutMavenItSaysSo() throws Exception {
    Files.delete(tools.resolve("mvn"));
    Result result = start(withJdk());
    assertEquals(1, result.exit());
    assertTrue(result.err().contains("mvn is not on PATH"), result.err());
  }

  private static String launcher() throws IOException {
    return Files.readString(Path.of("engram"));
  }

  private Map<String, String> withJdk() throws IOException {
    return Map.of("JAVA_HOME", jdk(folder.resolve("jdk"), "25"));
  }

  /** A folder that looks like a JDK, whose {@code java} prints its version and its arguments. */
  private static String jdk(Path folder, String version) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    executable(folder.resolve("bin/javac"), "#!/bin/sh\n");
    executable(
        folder.resolve("bin/java"),
        "#!/bin/sh\necho 'JDK %s'\nprintf '<%%s>' \"$@\"\necho\n".formatted(version));
    return folder.toString();
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, script);
    assertTrue(file.toFile().setExecutable(true));
  }

  private String jdkTaken(Map<String, String> environment) throws Exception {
    Result result = start(environment);
    assertEquals(0, result.exit(), result.err());
    return result.out().lines().findFirst().orElseThrow();
  }

  private long builds() throws IOException {
    return Files.readAllLines(project.resolve("builds")).size();
  }

  private Result start(Map<String, String> environment, String... arguments) throws Exception {
    return run(project.resolve("bench/engram"), environment, arguments);
  }

  private Result run(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toList());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(environment);
    builder.directory(home.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
    int exit = builder.start().waitFor();
    return new Result(exit, Files.readString(out), Files.readString(err));
  }
}
