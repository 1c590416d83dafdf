package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import engram.device.Devices;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Engram as others use it: a Maven project that knows nothing of this one, but that it depends on
 * {@code engram-nn}, trains the network of the README's first code. It has a repository of its own,
 * into which this build's jars are put with the POMs inside them; libraries and plugins come from
 * the repository of the Maven that runs the tests, so that nothing is fetched and nothing is left.
 */
@Tag("process")
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class OutsideProjectTest {
  private static final Pattern OUR_JAR = Pattern.compile("(engram-[a-z]+)-(\\d[^-]*)\\.jar");

  private static final Pattern EPOCH =
      Pattern.compile("^\\d+: loss ([\\d.]+), accuracy ([\\d.]+) %$", Pattern.MULTILINE);

  private static final Pattern CLASS_PATH = Pattern.compile("^class path (.*)$", Pattern.MULTILINE);

  @TempDir Path folder;
  private Path maven;

  @BeforeEach
  void makeProject() throws IOException {
    String home = System.getProperty("maven.home", "");
    String repository = System.getProperty("maven.repo.local", "");
    assumeTrue(!home.isEmpty() && !repository.isEmpty(), "runs where Maven runs the tests");
    maven = Path.of(home, "bin", "mvn");
    List<Path> jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> OUR_JAR.matcher(entry.getFileName().toString()).matches())
            .toList();
    assumeTrue(!jars.isEmpty(), "the modules are not packed yet; mvn verify runs this");
    String version = "";
    for (Path jar : jars) {
      version = install(jar);
    }

    ReadmeCode code = ReadmeCode.in(Path.of("../README.md")).getFirst();
    Path sources = Files.createDirectories(folder.resolve("src/main/java"));
    Files.writeString(sources.resolve(code.className() + ".java"), code.source());
    Files.writeString(
        sources.resolve("Main.java"),
        """
        public class Main {
          public static void main(String[] args) throws Exception {
            System.out.println("class path " + System.getProperty("java.class.path"));
            %s.main(args);
          }
        }
        """
            .formatted(code.className()));
    Files.writeString(
        folder.resolve("settings.xml"),
        """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors>
            <mirror><id>here</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
          </mirrors>
        </settings>
        """
            .formatted(folder.resolve("repository"), Path.of(repository).toUri()));
    Files.writeString(
        folder.resolve("pom.xml"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>outside</groupId>
          <artifactId>outside</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>25</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencies>
            <dependency>
              <groupId>engram</groupId>
              <artifactId>engram-nn</artifactId>
              <version>%s</version>
            </dependency>
          </dependencies>
          <build>
            <plugins>
              <plugin>%s</plugin>
              <plugin>%s</plugin>
              <plugin>
                %s
                <executions>
                  <execution>
                    <phase>process-classes</phase>
                    <goals><goal>exec</goal></goals>
                    <configuration>
                      <executable>${java.home}/bin/java</executable>
                      <commandlineArgs>${flags} -cp %%classpath Main</commandlineArgs>
                    </configuration>
                  </execution>
                </executions>
              </plugin>
            </plugins>
          </build>
        </project>
        """
            .formatted(
                version,
                plugin("org.apache.maven.plugins", "maven-resources-plugin"),
                plugin("org.apache.maven.plugins", "maven-compiler-plugin"),
                plugin("org.codehaus.mojo", "exec-maven-plugin")));
  }

  @Test
  void trainsWithTheVectorApiAndWithoutAndHasFewDependencies() throws Exception {
    String vectors = build(Devices.VECTOR_FLAG + " --enable-native-access=ALL-UNNAMED");
    assertLearns(vectors);
    assertEquals(0, notices(vectors), vectors);
    assertEquals(
        Set.of("jackson-core", "jocl"),
        CLASS_PATH
            .matcher(vectors)
            .results()
            .flatMap(path -> Stream.of(path.group(1).split(File.pathSeparator)))
            .filter(entry -> entry.endsWith(".jar"))
            .map(entry -> Path.of(entry).getFileName().toString().replaceAll("-\\d.*", ""))
            .filter(library -> !library.startsWith("engram-"))
            .collect(Collectors.toSet()));

    String plain = build("--enable-native-access=ALL-UNNAMED");
    assertLearns(plain);
    assertEquals(1, notices(plain), plain);
  }

  private static void assertLearns(String output) {
    List<MatchResult> epochs = EPOCH.matcher(output).results().toList();
    assertFalse(epochs.isEmpty(), output);
    double firstLoss = Double.parseDouble(epochs.getFirst().group(1));
    double lastLoss = Double.parseDouble(epochs.getLast().group(1));
    double accuracy = Double.parseDouble(epochs.getLast().group(2));
    assertTrue(lastLoss < firstLoss, output);
    assertTrue(accuracy > 90, output);
  }

  /** Lines that say which flag is missing. */
  private static long notices(String output) {
    return output.lines().filter(line -> line.contains(Devices.VECTOR_FLAG)).count();
  }

  /** Into the project's repository, with the POM that the jar holds; gives the version. */
  private String install(Path jar) throws IOException {
    Matcher name = OUR_JAR.matcher(jar.getFileName().toString());
    assertTrue(name.matches());
    String artifact = name.group(1);
    String version = name.group(2);
    Path target =
        Files.createDirectories(
            folder.resolve("repository/engram").resolve(artifact).resolve(version));
    Files.copy(jar, target.resolve(jar.getFileName()));
    try (JarFile content = new JarFile(jar.toFile());
        InputStream pom =
            content.getInputStream(
                content.getJarEntry("META-INF/maven/engram/" + artifact + "/pom.xml"))) {
      String text = new String(pom.readAllBytes(), StandardCharsets.UTF_8);
      assertFalse(text.contains("<parent>"), () -> artifact + " needs a parent:\n" + text);
      Files.writeString(target.resolve("%s-%s.pom".formatted(artifact, version)), text);
    }
    return version;
  }

  /** The plugin of the version that this build uses: it is in the repository. */
  private static String plugin(String group, String artifact) throws IOException {
    String known =
        "<groupId>%s</groupId>\\s*<artifactId>%s</artifactId>\\s*<version>([^<]+)</version>"
            .formatted(group, artifact);
    Optional<MatchResult> version =
        Pattern.compile(known)
            .matcher(Files.readString(Path.of("../pom.xml")))
            .results()
            .findFirst();
    return "<groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>"
        .formatted(group, artifact, version.orElseThrow().group(1));
  }

  private String build(String flags) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                maven.toString(),
                "-B",
                "-q",
                "-o",
                "-s",
                "settings.xml",
                "-Daether.offline.protocols=file",
                "-Dflags=" + flags,
                "process-classes")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MAVEN_OPTS");
    builder.environment().remove("MAVEN_ARGS");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
