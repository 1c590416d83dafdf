package engram.cl.experiment;

import engram.plan.Plan;
import engram.tensor.Tensor;

/**
 * When a network is measured within a task: as often as takes no more work than training it. Work
 * is counted in arithmetic operations of what runs, not in seconds, so that the same seed measures
 * at the same steps on any machine.
 *
 * <p>After each of the first steps; then after each one where training has caught up; and after the
 * last. The first ones are on credit, but only as far as the rest of the task pays for them and for
 * the last: measuring never takes more work than training, but in a task whose training is less
 * than two measurements, before and after it.
 */
final class MeasuringPace {
  /** Steps of a task that are all measured: a tenth of them, but no more than this. */
  private static final int DENSE = 16;

  private final int steps;
  private final double cost;
  private double owed;

  /**
   * @param steps of the task
   * @param cost of measuring once
   */
  MeasuringPace(int steps, double cost) {
    this.steps = steps;
    this.cost = cost;
  }

  /** Operations of a plan. */
  static double work(Plan plan) {
    return plan.steps().stream()
        .mapToDouble(
            node -> node.op().cost(node.inputs().stream().map(Tensor::shape).toList()).flops())
        .sum();
  }

  /** Before the first step it is always time. */
  void begin() {
    owed += cost;
  }

  /**
   * After a step: whether it is time; it is taken to be done then.
   *
   * @param done steps of the task that are done
   * @param work of the step
   */
  boolean due(int done, double work) {
    owed -= work;
    boolean wanted = done <= Math.min(DENSE, steps / 10) || owed <= 0;
    boolean due = done == steps || (wanted && owed + 2 * cost <= work * (steps - done));
    owed += due ? cost : 0;
    return due;
  }

  /** Work of measuring that training has not caught up with yet; below 0 where it is ahead. */
  double owed() {
    return owed;
  }

  /** Goes on where there was so much of it. */
  void owe(double work) {
    owed = work;
  }
}
