package engram.bench.report;

import engram.base.WholeFile;
import engram.bench.record.RecordedRun;
import engram.bench.record.RunFiles;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /**
   * Writes the page of many runs into a folder above them, and the tables of all of them.
   *
   * @return folders of runs that cannot be read, which are left out, with the reason
   * @throws IOException if a file cannot be written
   */
  public static Map<Path, String> writePooled(Path folder, List<Path> folders) throws IOException {
    Map<Path, String> left = new LinkedHashMap<>();
    List<Panel> panels = Panel.of(readable(folders, left));
    writePage(panels, folder.resolve(RunFiles.REPORT));
    PooledFiles.write(folder, panels, left);
    return left;
  }

  /** Of many runs one that is damaged, or has just begun, does not keep the others from a page. */
  static List<RecordedRun> readable(List<Path> folders, Map<Path, String> left) {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path folder : folders) {
      try {
        // One whose training diverged in its first task has done none, and is named all the same.
        boolean diverged = !RecordedRun.divergedIn(folder).isEmpty();
        runs.add(diverged ? RecordedRun.soFar(folder) : RecordedRun.read(folder));
      } catch (IOException e) {
        left.put(folder, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      }
    }
    return runs;
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
