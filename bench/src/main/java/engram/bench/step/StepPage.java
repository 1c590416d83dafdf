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
import java.nio.file.Path;
import java.util.List;

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
    StepPage page = of(stages, packed);
    TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
    Utf8ByteOutput html = new Utf8ByteOutput();
    engine.render("step.jte", page, html);
    WholeFile.write(file, html::writeTo);
  }

  private static StepPage of(Stages stages, Packed packed) {
    long cut = packed.values().stream().filter(v -> v.kept() < v.elements()).count();
    return new StepPage(
        stages.title(),
        stages.about(),
        json(new Model(stages, packed.values())),
        packed.data(),
        cut == 0
            ? ""
            : "%d of %d values are too large for this page: their first elements are here, norms and histograms are of all."
                .formatted(cut, packed.values().size()),
        text("step.css"),
        text("step.js"));
  }

  private record Model(Stages stages, List<Packed.Value> values) {}

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
