package engram.bench.report;

import engram.bench.console.Lines;
import engram.bench.console.Subcommand;
import engram.bench.record.RecordedRun;
import engram.bench.record.RunFiles;
import engram.bench.record.RunSearch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram report}: one page out of run folders. */
@Command(
    name = "report",
    description = {
      "Makes one HTML page out of run folders, finished or not. It needs nothing else: no network,"
          + " no other file.",
      "Runs that differ in nothing but seeds and strategies are pooled: more seeds give narrower"
          + " intervals. Others stand side by side, with what differs behind the strategy's name.",
      "A folder that holds run folders stands for all of them, however deep: it gets a page, and"
          + " results.csv and summary.json of all its runs.",
      ""
    },
    footer = {
      "  engram report runs/run7                      runs/run7/report.html once more",
      "  engram report runs/run7 runs/run8            both, in report.html",
      "  engram report runs/run* --out compare.html",
      "  engram report sweep                          all runs below sweep"
    })
public final class ReportCommand extends Subcommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description = "run folders, such as runs/run1, or folders of them")
  private List<Path> folders;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the page (DIR/report.html for one folder, report.html for several)")
  private Optional<Path> out = Optional.empty();

  @Override
  protected boolean run(PrintWriter screen) throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    List<Path> ofMany = new ArrayList<>();
    Map<Path, String> left = new LinkedHashMap<>();
    for (Path folder : folders) {
      List<Path> below =
          RunSearch.isRun(folder) || !Files.isDirectory(folder)
              ? List.of()
              : RunSearch.below(folder);
      if (below.isEmpty()) {
        runs.add(RecordedRun.soFar(folder));
      } else {
        ofMany.add(folder);
        runs.addAll(Report.readable(below, left));
      }
    }
    left.forEach((path, why) -> screen.print(Lines.wrapped("left out: %s".formatted(why), 10)));
    if (runs.isEmpty()) {
      throw new IOException("%s: no run below it did a task".formatted(folders.getFirst()));
    }
    List<Panel> panels = Panel.of(runs);
    Path file = out.orElseGet(this::page);
    Report.writePage(panels, file);
    List<String> written = new ArrayList<>(List.of("report " + file));
    for (Path folder : ofMany) {
      PooledFiles.write(folder, panels, left);
      written.add("table " + folder.resolve(RunFiles.RESULTS));
      written.add("summary " + folder.resolve(RunFiles.SUMMARY));
    }
    screen.print(Lines.row(written.toArray(String[]::new)));
    return true;
  }

  private Path page() {
    return folders.size() == 1
        ? folders.getFirst().resolve(RunFiles.REPORT)
        : Path.of(RunFiles.REPORT);
  }
}
