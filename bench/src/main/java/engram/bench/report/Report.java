package engram.bench.report;

import engram.base.WholeFile;
import engram.bench.record.RecordedRun;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes {@code report.html}. */
public final class Report {
  private Report() {}

  /**
   * Reads run folders and writes the report of all of them.
   *
   * @throws IOException naming the file that cannot be read or written, or is damaged
   */
  public static void write(List<Path> folders, Path file) throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path folder : folders) {
      runs.add(RecordedRun.read(folder));
    }
    StrategyViews made = new StrategyViews(Panel.of(runs));
    List<RunView> runViews = new ArrayList<>();
    for (RecordedRun run : runs) {
      runViews.add(RunView.of(run));
    }
    ReportPage page =
        new ReportPage(
            runViews,
            made.views(),
            made.strips(),
            Charts.accuracy(made.views()),
            Charts.rowNorms(made.views()),
            Assets.load());
    Utf8ByteOutput html = new Utf8ByteOutput();
    TemplateEngine.createPrecompiled(ContentType.Html).render("report.jte", page, html);
    WholeFile.write(file, html::writeTo);
  }
}
