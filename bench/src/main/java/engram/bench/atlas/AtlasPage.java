package engram.bench.atlas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The page, which is all there is: nothing is fetched.
 *
 * @param style sheet, inlined
 * @param script inlined
 */
public record AtlasPage(List<AtlasEntry> entries, String style, String script) {
  static AtlasPage make() {
    return new AtlasPage(AtlasEntry.all(), text("atlas.css"), text("atlas.js"));
  }

  private static String text(String name) {
    try (InputStream in = AtlasPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was packaged without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
