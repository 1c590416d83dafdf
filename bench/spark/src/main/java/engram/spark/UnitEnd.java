package engram.spark;

import java.io.Serializable;

/** What a task says of its unit; what befalls the executor instead is said by Spark. */
sealed interface UnitEnd extends Serializable {

  /**
   * All of it is where the sweep lies.
   *
   * @param seconds that this task took
   */
  record Finished(double seconds) implements UnitEnd {}

  /**
   * The unit failed, wherever it runs.
   *
   * @param message one line
   * @param text the same with where it happened, for its programmer
   */
  record Failed(String message, String text) implements UnitEnd {}

  /** The sweep was stopped; the state of the unit is where the sweep lies. */
  record Interrupted() implements UnitEnd {}
}
