package engram.bench.console;

import engram.cl.experiment.EpochId;
import engram.cl.experiment.LossTerm;
import engram.cl.experiment.RunEvent;
import engram.cl.result.TaskResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Shows how a run goes: on a terminal one bar that is drawn over and over, elsewhere one line for
 * each epoch. Either way a line for each task with its accuracy.
 */
public final class Screen implements Consumer<RunEvent> {
  /** Columns of a strategy's name in a line of progress. */
  private static final int LONGEST_NAME = 22;

  private final PrintWriter out;
  private final boolean terminal;
  private Optional<Bar> bar = Optional.empty();

  /** Accuracy after the last task, in words. */
  private Optional<String> reached = Optional.empty();

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
          line(fitting(epoch));
        }
      }
      case RunEvent.TaskEvaluated evaluated -> evaluated(evaluated.result());
      case RunEvent.StrategyStarted started -> {
        reached = Optional.empty();
        if (started.strategy().length() > LONGEST_NAME) {
          line(Lines.wrapped(started.strategy(), 2).stripTrailing());
        }
      }
      case RunEvent.StrategyDiverged diverged -> {
        clear();
        line(Lines.wrapped(diverged.toString(), 2).stripTrailing());
      }
      case RunEvent.ExperimentFinished _ -> clear(); // stopped in an epoch, the bar is still there
      case RunEvent.Resumed resumed ->
          line(
              format(
                  "going on: %d done before, %d tasks of the next",
                  resumed.done().size(), resumed.reached().size()));
      case RunEvent.ExperimentStarted _,
          RunEvent.LossRead _,
          RunEvent.StepMeasured _,
          RunEvent.TrainingEnded _,
          RunEvent.StrategyFinished _ -> {}
    }
  }

  /** Shows a remark on what is under way. */
  public void say(String remark) {
    clear();
    line(Lines.wrapped(remark, 2).stripTrailing());
  }

  private void progress(RunEvent.EpochProgress progress) {
    if (bar.isEmpty()) {
      bar = Optional.of(new Bar(label(progress.id()), progress.totalImages(), "images"));
    }
    List<String> remarks = new ArrayList<>(terms(progress.losses()));
    reached.ifPresent(remarks::add);
    bar.get().at(progress.images(), String.join("  ", remarks));
  }

  private void clear() {
    bar.ifPresent(Bar::close);
    bar = Optional.empty();
  }

  private void evaluated(TaskResult result) {
    clear();
    reached = Optional.of(format("so far %.1f %%", result.accuracy()));
    line(
        format(
            "%-13s task %d  %2d classes  accuracy %5.1f %%  %s",
            name(result.strategy()),
            result.task() + 1,
            result.seenClasses(),
            result.accuracy(),
            Durations.text(result.seconds())));
  }

  private void line(String line) {
    out.println(line);
    out.flush();
  }

  /** The line of an epoch, without the last loss terms and the accuracy where it has no room. */
  private String fitting(RunEvent.EpochFinished epoch) {
    String line =
        "%s  %s".formatted(label(epoch.id()), format("%,.0f images/s", epoch.imagesPerSecond()));
    String end = "  " + Durations.text(epoch.seconds());
    List<String> remarks = new ArrayList<>(terms(epoch.losses()));
    reached.ifPresent(remarks::add);
    for (String remark : remarks) {
      if (line.length() + 2 + remark.length() + end.length() > Lines.WIDTH) {
        break;
      }
      line += "  " + remark;
    }
    return line + end;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** As lines of progress have it; where it is longer, it stands in full above them. */
  private static String name(String strategy) {
    return Lines.shortened(strategy, LONGEST_NAME);
  }

  private static String label(EpochId id) {
    return "%-13s task %d/%d  epoch %d/%d"
        .formatted(name(id.strategy()), id.task() + 1, id.tasks(), id.epoch() + 1, id.epochs());
  }

  private static List<String> terms(List<LossTerm> terms) {
    return terms.stream()
        .filter(term -> terms.size() == 1 || !term.name().equals("loss"))
        .map(term -> format("%s %.3f", term.name(), term.value()))
        .toList();
  }
}
