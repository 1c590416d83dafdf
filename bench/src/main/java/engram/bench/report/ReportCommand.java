package engram.bench.report;

import engram.bench.console.Subcommand;
import engram.bench.record.RunFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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
          + " intervals. Others stand side by side, with the folder behind the strategy's name.",
      ""
    },
    footer = {
      "  engram report runs/run7                      runs/run7/report.html once more",
      "  engram report runs/run7 runs/run8            both, in report.html",
      "  engram report runs/run* --out compare.html"
    })
public final class ReportCommand extends Subcommand {
  @Parameters(arity = "1..*", paramLabel = "DIR", description = "run folders, such as runs/run1")
  private List<Path> folders;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the page (DIR/report.html for one folder, report.html for several)")
  private Optional<Path> out = Optional.empty();

  @Override
  protected boolean run(PrintWriter screen) throws IOException {
    Path file =
        out.orElseGet(
            () ->
                folders.size() == 1
                    ? folders.getFirst().resolve(RunFiles.REPORT)
                    : Path.of(RunFiles.REPORT));
    Report.write(folders, file);
    screen.println("report " + file);
    return true;
  }
}
