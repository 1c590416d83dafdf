package engram.bench.console;

import engram.cl.experiment.EpochId;
import engram.cl.experiment.LossTerm;
import engram.cl.experiment.RunEvent;
import engram.cl.result.TaskResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Shows how a run goes: on a terminal one bar that is drawn over and over, elsewhere one line for
 * each epoch. Either way a line for each task with its accuracy.
 */
public final class Screen implements Consumer<RunEvent> {
  private final PrintWriter out;
  private final boolean terminal;
  private Optional<Bar> bar = Optional.empty();
  private String reached = "";

  /**
   * @param terminal whether a line can be drawn over
   */
  public Screen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether standard output is a terminal. */
  public static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  @Override
  public void accept(RunEvent event) {
    switch (event) {
      case RunEvent.EpochProgress progress -> {
        if (terminal) {
          progress(progress);
        }
      }
      case RunEvent.EpochFinished epoch -> {
        clear();
        if (!terminal) {
          line(
              "%s  %,.0f images/s  %s%s  %s",
              label(epoch.id()),
              epoch.imagesPerSecond(),
              terms(epoch.losses()),
              reached,
              Durations.text(epoch.seconds()));
        }
      }
      case RunEvent.TaskEvaluated evaluated -> evaluated(evaluated.result());
      case RunEvent.StrategyStarted _ -> reached = "";
      case RunEvent.ExperimentFinished _ -> clear(); // stopped in an epoch, the bar is still there
      case RunEvent.Resumed resumed ->
          line(
              "going on: %d done before, %d tasks of the next",
              resumed.done().size(), resumed.reached().size());
      case RunEvent.ExperimentStarted _,
          RunEvent.LossRead _,
          RunEvent.TrainingEnded _,
          RunEvent.StrategyFinished _ -> {}
    }
  }

  private void progress(RunEvent.EpochProgress progress) {
    if (bar.isEmpty()) {
      bar = Optional.of(new Bar(label(progress.id()), progress.totalImages(), "images"));
    }
    bar.get().at(progress.images(), terms(progress.losses()) + reached);
  }

  private void clear() {
    bar.ifPresent(Bar::close);
    bar = Optional.empty();
  }

  private void evaluated(TaskResult result) {
    clear();
    reached = String.format(Locale.ROOT, "  accuracy so far %.1f %%", result.accuracy());
    line(
        "%-13s task %d  %2d classes  accuracy %5.1f %%  %s",
        result.strategy(),
        result.task() + 1,
        result.seenClasses(),
        result.accuracy(),
        Durations.text(result.seconds()));
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  private static String label(EpochId id) {
    return "%-13s task %d/%d  epoch %d/%d"
        .formatted(id.strategy(), id.task() + 1, id.tasks(), id.epoch() + 1, id.epochs());
  }

  private static String terms(List<LossTerm> terms) {
    StringBuilder text = new StringBuilder();
    for (LossTerm term : terms) {
      if (terms.size() == 1 || !term.name().equals("loss")) {
        text.append(text.isEmpty() ? "" : "  ");
        text.append(String.format(Locale.ROOT, "%s %.3f", term.name(), term.value()));
      }
    }
    return text.toString();
  }
}
