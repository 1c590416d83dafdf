package engram.bench.atlas;

import engram.base.WholeFile;
import engram.bench.console.Subcommand;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code engram atlas}: every op of the engine on one page. */
@Command(
    name = "atlas",
    description = {
      "Writes one page of every op of the engine: its formula, shape rule, gradient, cost, the"
          + " cases on which it is tested, and where its three kernels stand: the definition in"
          + " double precision, the vector kernel, the OpenCL C. The page needs no network.",
      ""
    },
    footer = {"  engram atlas", "  engram atlas --out ops.html"})
public final class AtlasCommand extends Subcommand {
  @Option(names = "--out", paramLabel = "FILE", description = "where to write it (atlas.html)")
  private Path file = Path.of("atlas.html");

  @Override
  protected boolean run(PrintWriter out) throws IOException {
    AtlasPage page = AtlasPage.make();
    Utf8ByteOutput html = new Utf8ByteOutput();
    TemplateEngine.createPrecompiled(ContentType.Html).render("atlas.jte", page, html);
    WholeFile.write(file, html::writeTo);
    out.printf("atlas %s   %d ops%n", file, page.entries().size());
    return true;
  }
}
