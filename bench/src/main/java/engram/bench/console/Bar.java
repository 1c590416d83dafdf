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

  /** Shows how far it is, with a remark such as the loss. */
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
    int full = (int) (share * WIDTH);
    StringBuilder line = new StringBuilder(label).append("  ");
    line.append("━".repeat(full)).append(full < WIDTH ? "╸" : "");
    line.append("─".repeat(Math.max(0, WIDTH - full - 1)));
    line.append(String.format(Locale.ROOT, "  %3.0f %%", 100 * share));
    if (done > 0 && seconds > 0) {
      line.append(String.format(Locale.ROOT, "  %,.0f %s/s", done / seconds, unit));
    }
    line.append(remark.isEmpty() ? "" : "  " + remark);
    if (done > 0) {
      line.append("  ").append(Durations.clock(seconds * (total - done) / done)).append(" left");
    }
    return line.length() > width ? line.substring(0, width) : line.toString();
  }
}
