package engram.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserPathTest {
  @Test
  void aLeadingTildeIsTheHomeFolder() {
    assertEquals(Path.of("/home/ada/signs"), at("~/signs", Map.of("HOME", "/home/ada")));
    assertEquals(Path.of("/home/ada"), at("~", Map.of("HOME", "/home/ada")));
    assertEquals(Path.of("/of/java/signs"), at("~/signs", Map.of()));
    assertEquals(Path.of("/of/java/signs"), at("~/signs", Map.of("HOME", "")));
  }

  @Test
  void anyOtherTildeIsALetterOfAName() {
    assertEquals(Path.of("a/~/b"), at("a/~/b", Map.of("HOME", "/home/ada")));
    assertEquals(Path.of("~backup"), at("~backup", Map.of("HOME", "/home/ada")));
  }

  private static Path at(String text, Map<String, String> environment) {
    return UserPath.of(text, environment, "/of/java");
  }
}
