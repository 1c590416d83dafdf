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
    return new Assets(
        text(UPLOT + "dist/uPlot.min.css") + text("report.css"),
        text(UPLOT + "dist/uPlot.iife.min.js"),
        text(UPLOT + "LICENSE"),
        text("report.js"));
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
