package engram.cl.settings;

import engram.nn.optim.Schedule;
import java.util.Locale;

/** How the learning rate goes over the steps of one task. */
public enum RateSchedule {
  /** Halved every five epochs, as the course project does. */
  STEP,
  /** Up over the first twentieth of all steps, then along half a cosine down to nothing. */
  COSINE;

  /**
   * The schedule of one task; its time counts steps.
   *
   * @param rate highest learning rate
   * @param steps steps of an epoch
   */
  public Schedule over(float rate, int epochs, int steps) {
    int total = epochs * steps;
    return switch (this) {
      case STEP -> new Schedule.StepLr(rate, 5 * steps, 0.5);
      case COSINE -> new Schedule.Cosine(rate, 0, total / 20, total);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
