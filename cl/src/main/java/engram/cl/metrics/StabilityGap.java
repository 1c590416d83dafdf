package engram.cl.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * How far old tasks fall while a new one is learnt, and how far they recover by its end: what
 * figures after each task cannot show (De Lange, van de Ven and Tuytelaars, Continual evaluation
 * for lifelong learning: identifying the stability gap, ICLR 2023).
 *
 * <p>All figures are means over the old tasks, each counting the same: shares, 0 to 1. Gaps are
 * differences to a minimum, so they are never negative; where they are small beside what a few
 * images make, they mean nothing.
 *
 * @param task the new task, from 1: the first has no old ones
 * @param smallest mean over old tasks of the smallest accuracy since each was learnt: min-ACC of
 *     the paper
 * @param worstCase accuracy on all tasks with those smallest ones for the old: WC-ACC of the paper
 * @param gap accuracy before the first step of the task, minus the smallest within it
 * @param recovered accuracy after its last step, minus the smallest within it
 */
public record StabilityGap(
    int task, double smallest, double worstCase, double gap, double recovered) {

  /**
   * One measurement within a task.
   *
   * @param task that is learnt, from 0
   * @param steps of it that are done; 0 before the first
   * @param accuracies on each task met, 0 to 1: one for each of 0 .. task
   */
  public record Measurement(int task, int steps, List<Double> accuracies) {
    public Measurement {
      accuracies = List.copyOf(accuracies);
      if (accuracies.size() != task + 1) {
        throw new IllegalArgumentException(
            "stability gap: %d accuracies within task %d, expected one for each task met"
                .formatted(accuracies.size(), task + 1));
      }
    }
  }

  /**
   * Of each task but the first.
   *
   * @param measurements in the order in which they were made; a task that has none is left out
   */
  public static List<StabilityGap> of(List<Measurement> measurements) {
    int tasks = measurements.stream().mapToInt(m -> m.task() + 1).max().orElse(0);
    List<StabilityGap> gaps = new ArrayList<>();
    for (int task = 1; task < tasks; task++) {
      int now = task;
      List<Measurement> within = measurements.stream().filter(m -> m.task() == now).toList();
      if (!within.isEmpty()) {
        gaps.add(of(task, within, measurements));
      }
    }
    return gaps;
  }

  private static StabilityGap of(int task, List<Measurement> within, List<Measurement> all) {
    double smallest = 0;
    double gap = 0;
    double recovered = 0;
    for (int old = 0; old < task; old++) {
      double least = least(old, within);
      gap += within.getFirst().accuracies().get(old) - least;
      recovered += within.getLast().accuracies().get(old) - least;
      int learnt = old;
      smallest +=
          least(old, all.stream().filter(m -> m.task() > learnt && m.task() <= task).toList());
    }
    double last = within.getLast().accuracies().get(task);
    return new StabilityGap(
        task, smallest / task, (last + smallest) / (task + 1), gap / task, recovered / task);
  }

  private static double least(int old, List<Measurement> measurements) {
    return measurements.stream().mapToDouble(m -> m.accuracies().get(old)).min().orElseThrow();
  }
}
