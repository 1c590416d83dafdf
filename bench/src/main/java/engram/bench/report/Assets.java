package engram.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Style sheets and scripts, inlined as they are: none of them comes from a run.
 *
 * @param style of the page and of the charts
 * @param uplot the chart library
 * @param uplotLicence its licence, which goes where it goes
 * @param script of the page
 */
public record Assets(String style, String uplot, String uplotLicence, String script) {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  static Assets load() {
    return with("", text("report.js"));
  }

  /**
   * Those of another page, which looks like a report but for what its own style sheet says.
   *
   * @param name path of its style sheet and script without their {@code .css} and {@code .js}
   */
  public static Assets of(String name) {
    return with(text(name + ".css"), text(name + ".js"));
  }

  private static Assets with(String style, String script) {
    return new Assets(
        text(UPLOT + "dist/uPlot.min.css") + text("report.css") + style,
        text(UPLOT + "dist/uPlot.iife.min.js"),
        text(UPLOT + "LICENSE"),
        script);
  }

  private static String text(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was packaged without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
