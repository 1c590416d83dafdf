package engram.cl.settings;

import engram.nn.optim.Schedule;
import java.util.Locale;

/** How the learning rate goes over the steps of one task. */
public enum RateSchedule {
  /** Halved every five epochs, as the course project does. */
  STEP {
    @Override
    public Schedule over(float rate, int epochs, int steps) {
      return new Schedule.StepLr(rate, 5 * steps, 0.5);
    }
  },

  /** Up over the first twentieth of all steps, then along half a cosine down to nothing. */
  COSINE {
    @Override
    public Schedule over(float rate, int epochs, int steps) {
      int total = epochs * steps;
      return new Schedule.Cosine(rate, 0, total / 20, total);
    }
  };

  /**
   * The schedule of one task; its time counts steps.
   *
   * @param rate highest learning rate
   * @param steps steps of an epoch
   */
  public abstract Schedule over(float rate, int epochs, int steps);

  /** The schedule of this name, in any case. */
  public static RateSchedule parse(String name) {
    for (RateSchedule schedule : values()) {
      if (schedule.toString().equals(name.toLowerCase(Locale.ROOT))) {
        return schedule;
      }
    }
    throw new IllegalArgumentException(
        "there is no schedule \"%s\"; choose step or cosine".formatted(name));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
