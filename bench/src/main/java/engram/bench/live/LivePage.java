package engram.bench.live;

import engram.bench.report.Assets;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.util.List;

/**
 * All that the page shows.
 *
 * @param folder of the run, as a command takes it; its name alone where the page is kept
 * @param lines of the story; none where it is asked for
 * @param live whether it is asked for, from the server of the page
 * @param assets what is inlined
 */
public record LivePage(String folder, List<String> lines, boolean live, Assets assets) {

  /** The lines in a script element, which ends nowhere within. */
  public String json() {
    return ("[" + String.join(",\n", lines) + "]").replace("<", "\\u003c");
  }

  /** The whole page, UTF-8. */
  Utf8ByteOutput html() {
    Utf8ByteOutput html = new Utf8ByteOutput();
    TemplateEngine.createPrecompiled(ContentType.Html).render("live.jte", this, html);
    return html;
  }
}
