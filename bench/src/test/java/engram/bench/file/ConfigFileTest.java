package engram.bench.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir Path temp;

  @Test
  void settingsAreOneLineEachInTheirOrder() throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("data", "gtsrb:/data/set 1");
    settings.put("strategies", List.of("joint", "fine-tune"));
    settings.put("buffer", 200);
    settings.put("lr", 0.001);
    settings.put("quick", false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ConfigFile.write("how to run it again", settings, out);

    assertEquals(
        """
        # how to run it again
        data: gtsrb:/data/set 1
        strategies: [joint, fine-tune]
        buffer: 200
        lr: 0.001
        quick: false
        """,
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("lr", 1.0e-5);
    settings.put("class-order", List.of(3, 1, 2));
    settings.put("text", "true");
    settings.put("odd", "a: b # c");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ConfigFile.write("x", settings, out);

    assertEquals(settings, ConfigFile.read(file(out.toString(StandardCharsets.UTF_8))));
  }

  @Test
  void emptyFileHasNoSettings() throws IOException {
    assertEquals(Map.of(), ConfigFile.read(file("# nothing\n")));
  }

  @Test
  void mistakesAreNamedWithTheirPlace() throws IOException {
    assertMessage("line 2, column 6", "buffer: 200\nlr: 1: 2\n");
    assertMessage("expected lines such as", "- 1\n- 2\n");
    assertMessage("lr has no value", "lr:\n");
    String missing =
        assertThrows(IOException.class, () -> ConfigFile.read(temp.resolve("none.yaml")))
            .getMessage();
    assertTrue(
        missing.endsWith("none.yaml: there is no such file, expected a regular file"), missing);
    String folder = assertThrows(IOException.class, () -> ConfigFile.read(temp)).getMessage();
    assertEquals("config " + temp + ": this is a folder, expected a regular file", folder);
  }

  /** Each is small and takes forever, all memory or the stack of a reader that follows it. */
  @Test
  void whatIsMeantToHarmIsAnErrorOfOneShortLine() throws IOException {
    assertMessage("line 1, column 9: ", "data: \"\\q\"\n");
    assertMessage("this is not YAML", "data: \"\\UFFFFFFFF\"\n");
    assertMessage("nested more than 8 levels deep", "data: " + "[".repeat(50_000));
    assertMessage("nested more than 8 levels deep", "a: " + "{a: ".repeat(20_000));
    assertMessage("line 2, column 8: an alias", "a: &a [x, x, x]\nb: &b [*a, *a, *a]\n");
    assertMessage("an alias", "a: &a [*a]\n");
    assertMessage("4,000,006 bytes, expected at most 200,000", "data: " + "x".repeat(4_000_000));
    assertMessage("expected lines such as", "\"" + "x\\n".repeat(50_000) + "\"");
  }

  @Test
  @Timeout(10)
  void aScalarAsLongAsAFileMayBeIsReadAtOnce() throws IOException {
    String words = "word ".repeat(39_000).strip();
    for (String yaml :
        List.of(
            "data: " + words,
            "data: '" + words + "'",
            "data: \"" + words + "\"",
            "data: |\n  " + words.replace(" ", "\n  "),
            "data: >\n  " + words.replace(" ", "\n  "),
            "data: \"" + words.replace(" ", "\\n") + "\"")) {
      Path file = file(yaml.substring(0, Math.min(yaml.length(), 199_000)));
      try {
        ConfigFile.read(file);
      } catch (IOException e) {
        assertTrue(String.valueOf(e.getMessage()).length() < 500, e.getMessage());
      }
    }
  }

  private void assertMessage(String part, String yaml) throws IOException {
    Path file = file(yaml);
    String message = assertThrows(IOException.class, () -> ConfigFile.read(file)).getMessage();
    assertTrue(message.startsWith("config " + file) && message.contains(part), message);
    assertTrue(message.length() < 400 && message.lines().count() == 1, message);
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(temp.resolve("config.yaml"), yaml);
  }
}
