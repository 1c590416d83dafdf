package engram.cl.settings;

/**
 * What lifts every strategy alike.
 *
 * @param model the network
 * @param labelSmoothing share of a label that is spread over all classes, 0 for none
 * @param average share of itself that a moving average of the network keeps at each step; the
 *     average is what a task ends with; 0 for none
 */
public record Recipe(Architecture model, float labelSmoothing, double average) {
  /** The course project's network and nothing else. */
  public static final Recipe PLAIN = new Recipe(Architecture.SIMPLE, 0, 0);

  public Recipe {
    Settings.require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "label-smoothing",
        labelSmoothing,
        "0 or more, below 1");
    Settings.require(average >= 0 && average < 1, "average", average, "0 or more, below 1");
  }
}
