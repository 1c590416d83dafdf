package engram.cl.experiment;

import engram.cl.state.Snapshot;
import java.time.Duration;

/** Takes states of a run, each of which it can go on from. */
public interface StateSink {
  /**
   * Whether one is wanted now; asked at the end of each epoch and task.
   *
   * @param spent time that training has waited in this process for states, those that were taken
   *     and not written among them
   */
  boolean isDue(Duration spent);

  /**
   * Adds to a state what others have to remember at the same moment, such as tables of what was
   * reached; a state may be handed over later than it was taken.
   */
  default void complete(Snapshot state) {}

  /**
   * Takes a state: one that was due, or the last one before a stop.
   *
   * @param state not to be changed any more
   */
  void accept(Snapshot state);
}
