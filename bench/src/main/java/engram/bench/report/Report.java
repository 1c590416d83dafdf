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
      runs.add(RecordedRun.soFar(folder));
    }
    writePage(Panel.of(runs), file);
  }

  static void writePage(List<Panel> panels, Path file) throws IOException {
    StrategyViews made = new StrategyViews(panels);
    List<String> labels = Panel.labels(panels);
    List<RunView> runViews = new ArrayList<>();
    for (int i = 0; i < panels.size(); i++) {
      runViews.add(RunView.of(panels.get(i), labels.get(i)));
    }
    ReportPage page =
        new ReportPage(
            runViews,
            Panel.differentFields(panels),
            made.views(),
            Comparison.of(made.views()),
            made.strips(),
            Charts.learning(LearningCurve.of(made.views(), panels)),
            Charts.rowNorms(made.views()),
            Assets.load());
    Utf8ByteOutput html = new Utf8ByteOutput();
    TemplateEngine.createPrecompiled(ContentType.Html).render("report.jte", page, html);
    WholeFile.write(file, html::writeTo);
  }
}
