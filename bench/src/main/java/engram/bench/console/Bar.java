package engram.bench.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;

/**
 * A bar on a terminal: what is done, how far, how fast, how long it still takes.
 *
 * <pre>rehearsal-kd  task 3/5  epoch 2/2  ━━━━━━━━╸━━━  74 %  2,940 images/s  ce 0.11  0:02 left
 * </pre>
 */
public final class Bar implements AutoCloseable {
  private static final int WIDTH = 24;

  /** Columns of the bar itself where the line has little room; rate and remark give way first. */
  private static final int NARROW = 8;

  private final ProgressBar bar;

  /**
   * Shows an empty bar.
   *
   * @param label what is done
   * @param total how many units there are
   * @param unit what is counted, such as {@code images}
   */
  public Bar(String label, long total, String unit) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(label)
            .setInitialMax(total)
            .setUpdateIntervalMillis(100)
            .setRenderer((state, width) -> render(state, unit, Instant.now(), width))
            .clearDisplayOnFinish()
            .build();
  }

  /** Shows how far it is, with remarks such as the loss, two blanks between them. */
  public void at(long done, String remark) {
    bar.stepTo(done);
    bar.setExtraMessage(remark);
  }

  @Override
  public void close() {
    bar.close();
  }

  private static String render(ProgressState state, String unit, Instant now, int width) {
    double seconds = Duration.between(state.getStartInstant(), now).toNanos() / 1e9;
    return render(
        state.getTaskName(),
        state.getCurrent(),
        state.getMax(),
        unit,
        state.getExtraMessage(),
        seconds,
        width);
  }

  static String render(
      String label, long done, long total, String unit, String remark, double seconds, int width) {
    double share = total <= 0 ? 0 : (double) done / total;
    boolean begun = done > 0 && seconds > 0;
    String percent = String.format(Locale.ROOT, "  %3.0f %%", 100 * share);
    String left = begun ? "  " + Durations.clock(seconds * (total - done) / done) + " left" : "";
    int room = width - label.length() - 2 - percent.length() - left.length() - NARROW;
    StringBuilder middle = new StringBuilder();
    String rate = begun ? String.format(Locale.ROOT, "%,.0f %s/s  ", done / seconds, unit) : "";
    for (String part : (rate + remark).split("  ")) {
      if (!part.isEmpty() && middle.length() + 2 + part.length() <= room) {
        middle.append("  ").append(part);
      }
    }
    int bar = Math.max(1, Math.min(WIDTH, NARROW + room - middle.length()));
    int full = (int) (share * bar);
    String line =
        label
            + "  "
            + "━".repeat(full)
            + (full < bar ? "╸" : "")
            + "─".repeat(Math.max(0, bar - full - 1))
            + percent
            + middle
            + left;
    return line.length() > width ? line.substring(0, width) : line;
  }
}
