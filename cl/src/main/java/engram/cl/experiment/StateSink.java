package engram.cl.experiment;

import engram.cl.state.Snapshot;

/** Takes states of a run, each of which it can go on from. */
public interface StateSink {
  /** Whether one is wanted now; asked at the end of each epoch and task. */
  boolean isDue();

  /**
   * Takes a state: one that was due, or the last one before a stop.
   *
   * @param state not to be changed any more
   */
  void accept(Snapshot state);
}
