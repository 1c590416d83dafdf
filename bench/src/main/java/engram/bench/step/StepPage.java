package engram.bench.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import engram.base.WholeFile;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step as one HTML file: stages and values are inlined, and so is the script that shows them.
 *
 * @param json the stages and where each value lies
 * @param data the values, in base64
 * @param cut what large values are cut to, in words; empty if all are whole
 */
public record StepPage(
    String title,
    List<String> about,
    String json,
    String data,
    String cut,
    String style,
    String script) {

  /** Writes the page of a step. */
  static void write(Stages stages, Packed packed, Path file) throws IOException {
    StepPage page = of(stages, packed, sources(file));
    TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
    Utf8ByteOutput html = new Utf8ByteOutput();
    engine.render("step.jte", page, html);
    WholeFile.write(file, html::writeTo);
  }

  private static StepPage of(Stages stages, Packed packed, Optional<String> sources) {
    long cut = packed.values().stream().filter(v -> v.kept() < v.elements()).count();
    return new StepPage(
        stages.title(),
        stages.about(),
        json(new Model(stages, packed.values(), sources.orElse(null))),
        packed.data(),
        cut == 0
            ? ""
            : "%d of %d values are too large for this page: their first elements are here, norms and histograms are of all."
                .formatted(cut, packed.values().size()),
        text("step.css"),
        text("step.js"));
  }

  /**
   * What the script reads.
   *
   * @param sources what leads from the page to the folder of the sources, where they are there
   */
  private record Model(Stages stages, List<Packed.Value> values, @Nullable String sources) {}

  /** The way from a page to the sources, if the program is used where they are. */
  private static Optional<String> sources(Path file) {
    Path here = Path.of("").toAbsolutePath();
    if (!Files.isDirectory(here.resolve("engine/src/main/java"))) {
      return Optional.empty();
    }
    Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
    String way = folder.relativize(here).toString().replace('\\', '/');
    return Optional.of(way.isEmpty() ? "" : way + "/");
  }

  /** JSON that can stand in a script: no tag ends within. */
  private static String json(Model model) {
    try {
      return new ObjectMapper().writeValueAsString(model).replace("<", "\\u003c");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) {
    try (InputStream in = StepPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was packaged without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
