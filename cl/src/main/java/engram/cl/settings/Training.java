package engram.cl.settings;

import engram.nn.optim.Schedule;

/** How a task is trained. */
public record Training(
    int pretrainingEpochs,
    int epochs,
    int batch,
    float learningRate,
    RateSchedule schedule,
    boolean fusion) {

  Training(Values v) {
    this(
        v.get(Options.PRETRAINING_EPOCHS),
        v.get(Options.EPOCHS),
        v.get(Options.BATCH),
        v.get(Options.LEARNING_RATE),
        v.get(Options.SCHEDULE),
        !v.get(Options.NO_FUSION));
  }

  /**
   * Learning rates of one task; their time counts steps.
   *
   * @param epochs of the task
   * @param steps steps of an epoch
   */
  public Schedule rates(int epochs, int steps) {
    return schedule.over(learningRate, epochs, steps);
  }
}
