package engram.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class SparkJvmTest {

  @Test
  void theFileHasTheOptionsOfThisSpark() throws IOException {
    List<String> given =
        Files.readAllLines(Path.of("jvm.options")).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();
    List<String> wanted =
        Stream.of(JavaModuleOptions.defaultModuleOptionArray())
            .filter(option -> !option.contains("sun.security.action")) // not in JDK 25
            .toList();
    assertEquals(wanted, given);
  }
}
