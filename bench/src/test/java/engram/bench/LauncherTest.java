package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
      List.of("sh", "cat", "find", "locale", "mkdir", "mv", "readlink", "rm", "sleep", "touch");

  /** Value of a variable that is not to be there. */
  private static final String UNSET = "(unset)";

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
              .orElse(Path.of("false")); // locale is not everywhere
      executable(tools.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(real));
    }
    Files.createDirectories(project.resolve("bench/src/main"));
    Files.writeString(project.resolve("pom.xml"), "");
    Files.writeString(project.resolve("bench/src/main/Source.java"), "");
    executable(project.resolve("bench/engram"), launcher());
    Path fragment = Files.createDirectories(project.resolve("bench/src/dist")).resolve("jvm.sh");
    Files.copy(Path.of("src/dist/jvm.sh"), fragment);
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
  void takesOverTheLockOfABuildThatDiedBeforeItWroteItsNumber() throws Exception {
    Path lock = Files.createDirectories(project.resolve("bench/target/build.lock"));
    Result result = start(withJdk());
    assertEquals(0, result.exit());
    assertTrue(result.err().contains("engram: waiting for another build ..."), result.err());
    assertTrue(Files.notExists(lock));
  }

  @Test
  void startsWithoutHomeAndWhereCdHasAPathOfItsOwn() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/bench"));
    Map<String, String> environment = new HashMap<>(withJdk());
    environment.put("CDPATH", elsewhere.getParent().toString());
    environment.put("HOME", UNSET);
    Result result = runIn(project, Path.of("bench/engram"), environment);
    assertEquals(0, result.exit(), result.err());
    assertTrue(
        result.out().contains("<-cp><" + project.toRealPath() + "/bench/target/engram.jar>"));

    environment.remove("JAVA_HOME"); // the usual folders are searched, some of them below HOME
    assertFalse(start(environment).err().contains("parameter"), "none is missing");
  }

  @Test
  void optionsOfTheUserWin() throws Exception {
    String usual = options("");
    assertTrue(usual.contains("<-XX:+UseG1GC>") && usual.contains("<-Xms64m>"), usual);
    String otherCollector = options("-XX:+UseParallelGC");
    assertFalse(otherCollector.contains("<-XX:+UseG1GC>"), otherCollector);
    String smallHeap = options("-ea -Xmx48m");
    assertFalse(smallHeap.contains("-Xms") || smallHeap.contains("NewSize"), smallHeap);
    String largeHeap = options("-Xmx8g");
    assertTrue(largeHeap.contains("<-XX:MaxNewSize=96m>"), largeHeap);
    String young = options("-Xmn200m -Xms1g");
    assertFalse(young.contains("-Xms") || young.contains("NewSize"), young);
    assertTrue(options("-Dnote=-Xmxless").contains("<-Xms64m>"));
  }

  private String options(String ofUser) throws Exception {
    String out = null;
    for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
      Map<String, String> environment = new HashMap<>(withJdk());
      environment.put(variable, ofUser);
      String one = start(environment, "run").out();
      assertTrue(out == null || out.equals(one), one);
      out = one;
    }
    return Objects.requireNonNull(out);
  }

  @Test
  void onlyCommandsThatComputeLoadTheModuleOfWhichJavaWarns() throws Exception {
    for (String command : List.of("run", "replay", "step", "sweep", "bench", "learn")) {
      assertTrue(
          start(withJdk(), command).out().contains("<--add-modules><jdk.incubator.vector>"),
          command);
    }
    assertFalse(start(withJdk(), "strategies").out().contains("incubator"));
    assertFalse(start(withJdk()).out().contains("incubator"));
  }

  @Test
  void theFirstStartWithANewJarKeepsItsClassesReady() throws Exception {
    String java = "#!/bin/sh\nfor a; do case $a in -XX:AOTCacheOutput=*) %s ;; esac; done\n";
    Path jdk = Path.of(withJdk().get("JAVA_HOME"));
    Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
    String asked = "echo x >>'%s/asked'".formatted(folder);
    for (String made : List.of("echo made >\"${a#*=}\"", "exit 1")) {
      Files.deleteIfExists(folder.resolve("asked"));
      Files.deleteIfExists(project.resolve("bench/target/engram.jar"));
      executable(jdk.resolve("bin/java"), java.formatted(asked + "; " + made));
      start(environment, "strategies");
      start(environment, "strategies");
      start(environment, "run");
      assertEquals(List.of("x"), Files.readAllLines(folder.resolve("asked")), made);
      assertEquals(
          made.startsWith("echo") ? "made\n" : "",
          Files.readString(project.resolve("bench/target/engram.aot")));
    }
  }

  @Test
  void aListIsNotCompiled() throws Exception {
    assertTrue(start(withJdk(), "strategies").out().contains("<-Xint>"));
    assertFalse(start(withJdk(), "strategies", "--plugins", "My.java").out().contains("<-Xint>"));
    assertFalse(start(withJdk(), "report", "runs/run1").out().contains("<-Xint>"));
  }

  /** Whatever the locale, Java must read and write names of files in all letters. */
  @Test
  void aLocaleThatKnowsAsciiOnlyGivesWayToUtf8() throws Exception {
    for (Map<String, String> ascii :
        List.of(Map.of("LC_ALL", "C"), Map.of("LANG", "POSIX"), Map.of("LANG", "xx_XX.UTF-8"))) {
      assertEquals("C.UTF-8", localeSeen(ascii), ascii.toString());
    }
    assertEquals("", localeSeen(Map.of("LANG", "C.UTF-8")));
  }

  private String localeSeen(Map<String, String> locale) throws Exception {
    Map<String, String> environment = new HashMap<>(withJdk());
    environment.putAll(locale);
    executable(
        Path.of(environment.get("JAVA_HOME")).resolve("bin/java"),
        "#!/bin/sh\necho \"${LC_ALL:-}\"\n");
    return start(environment).out().strip();
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
    return runIn(home, launcher, environment, arguments);
  }

  private Result runIn(
      Path directory, Path launcher, Map<String, String> environment, String... arguments)
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
    builder.environment().values().removeIf(UNSET::equals);
    builder.directory(directory.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
    int exit = builder.start().waitFor();
    return new Result(exit, Files.readString(out), Files.readString(err));
  }
}
