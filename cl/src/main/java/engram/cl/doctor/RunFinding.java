package engram.cl.doctor;

import engram.nn.doctor.Finding;

/**
 * Something that is wrong with one strategy of a run.
 *
 * @param task from 0
 * @param step of the task, from 1; 0 for what is seen when the task is done
 */
public record RunFinding(String strategy, long seed, int task, long step, Finding finding) {

  /** {@code er, seed 1, task 2, step 20: dead-rectifier, ...} */
  @Override
  public String toString() {
    return "%s, seed %s, task %s, %s: %s"
        .formatted(strategy, seed, task + 1, step == 0 ? "at its end" : "step " + step, finding);
  }
}
