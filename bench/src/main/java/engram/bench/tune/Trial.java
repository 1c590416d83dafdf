package engram.bench.tune;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One choice of values, trained for a number of epochs.
 *
 * @param options values by the long name of an option
 * @param epochs epochs on each task
 */
record Trial(SequencedMap<String, String> options, int epochs) {
  /** The option that each trial has, whether it varies or not. */
  static final String EPOCHS = "epochs";

  /**
   * What a trial reached, on tracks that were held out.
   *
   * @param accuracy percent after the last task, pooled over all classes
   * @param average mean of that over tasks
   * @param seconds wall seconds of training
   */
  record Score(double accuracy, double average, double seconds) {
    /** Of a trial whose training left all bounds: below every one that did not. */
    static final Score DIVERGED = new Score(0, 0, 0);
  }

  /** A trial that is done. */
  record Done(Trial trial, Score score) {}

  /** The options but for the epochs, in order. */
  private Stream<Map.Entry<String, String>> others() {
    return options.entrySet().stream().filter(option -> !option.getKey().equals(EPOCHS));
  }

  /** Their values. */
  List<String> values() {
    return others().map(Map.Entry::getValue).toList();
  }

  /** {@code "lr 0.001 alpha 0.5 4 epochs"}. */
  @Override
  public String toString() {
    return others().map(o -> o.getKey() + " " + o.getValue() + "  ").collect(Collectors.joining())
        + epochs
        + (epochs == 1 ? " epoch" : " epochs");
  }
}
