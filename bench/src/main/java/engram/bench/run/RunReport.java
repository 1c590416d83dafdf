package engram.bench.run;

import engram.bench.record.RunRecorder;
import engram.bench.report.Report;
import engram.cl.experiment.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps {@code report.html} up to date: after each task the task is recorded and the page made
 * anew, so that a run that is interrupted, by whatever, leaves the report of what it reached.
 */
final class RunReport implements Consumer<RunEvent> {
  private final Path run;
  private final RunRecorder recorder;

  RunReport(Path run) {
    this.run = run;
    recorder = new RunRecorder(run);
  }

  @Override
  public void accept(RunEvent event) {
    recorder.accept(event);
    if (!(event instanceof RunEvent.TaskEvaluated)) {
      return;
    }
    try {
      Report.write(List.of(run), run.resolve("report.html"));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
