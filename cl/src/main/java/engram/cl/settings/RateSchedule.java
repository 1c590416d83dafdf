package engram.cl.settings;

import engram.base.Excerpt;
import engram.cl.stream.TaskLength;
import engram.nn.optim.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the learning rate goes over the steps of one task; epochs count from 0 in each. */
public sealed interface RateSchedule {

  /**
   * The schedule of one task; its time counts steps.
   *
   * @param rate highest learning rate
   * @param warmUp epochs in which the rate rises in a straight line; 0 for none, or for those that
   *     the schedule has of its own
   */
  Schedule over(float rate, TaskLength length, int warmUp);

  /** Schedules with a name. */
  enum Named implements RateSchedule {
    /** Halved every five epochs, as the course project does. */
    STEP,
    /** Always the highest. */
    CONSTANT,
    /** Up over the first twentieth of all steps, then along half a cosine down to nothing. */
    COSINE,
    /** {@link Schedule.WarmRestarts} by epochs, down to a hundredth. */
    RESTARTS;

    @Override
    public Schedule over(float rate, TaskLength length, int warmUp) {
      int pass = length.stepsOfPass();
      return switch (this) {
        case STEP -> warmedUp(new Schedule.StepLr(rate, 5 * pass, 0.5), warmUp, pass);
        case CONSTANT -> warmedUp(new Schedule.Constant(rate), warmUp, pass);
        case COSINE -> {
          int total = length.steps();
          int rising = warmUp == 0 ? total / 20 : Math.min(warmUp * pass, total - 1);
          yield new Schedule.Cosine(rate, 0, rising, total);
        }
        case RESTARTS ->
            warmedUp(new Schedule.WarmRestarts(rate, rate / 100).each(pass), warmUp, pass);
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Times a factor at the beginning of each of some epochs.
   *
   * @param factor above 0, below 1
   * @param epochs in rising order, from 1
   */
  record Falling(double factor, List<Integer> epochs) implements RateSchedule {
    public Falling {
      epochs = List.copyOf(epochs);
      if (!(factor > 0 && factor < 1)
          || epochs.isEmpty()
          || epochs.getFirst() < 1
          || !epochs.equals(epochs.stream().sorted().distinct().toList())) {
        throw new IllegalArgumentException(
            "schedule is \"%s\", expected a factor between 0 and 1, and epochs in rising order from 1, such as 0.2 at 49,63"
                .formatted(Excerpt.of(text(factor, epochs))));
      }
    }

    @Override
    public Schedule over(float rate, TaskLength length, int warmUp) {
      int pass = length.stepsOfPass();
      return warmedUp(new Schedule.MultiStepLr(rate, factor, epochs).each(pass), warmUp, pass);
    }

    private static String text(double factor, List<Integer> epochs) {
      return "%s at %s"
          .formatted(factor, epochs.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    @Override
    public String toString() {
      return text(factor, epochs);
    }
  }

  /**
   * Reads a name, or {@code 0.2 at 49,63}; the epochs may also stand apart by spaces, as a grid of
   * values needs it, which commas divide.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  static RateSchedule parse(String text) {
    String[] parts = text.strip().split("\\s+at\\s+", 2);
    if (parts.length < 2) {
      return named(text);
    }
    List<Integer> epochs = new ArrayList<>();
    for (String epoch : parts[1].split("[,\\s]+")) {
      epochs.add(Integer.valueOf(epoch));
    }
    return new Falling(Double.parseDouble(parts[0]), epochs);
  }

  private static RateSchedule named(String text) {
    List<String> forms = new ArrayList<>();
    for (Named named : Named.values()) {
      if (named.toString().equalsIgnoreCase(text)) {
        return named;
      }
      forms.add(named.toString());
    }
    forms.add("0.2 at 49,63");
    throw Choice.unknown("schedule", text, forms);
  }

  private static Schedule warmedUp(Schedule schedule, int warmUp, int pass) {
    return warmUp == 0 ? schedule : schedule.warmedUp(Math.multiplyExact(warmUp, pass));
  }
}
