package engram.spark;

import java.io.Serializable;

/** What a task says of its unit; what befalls the executor instead is said by Spark. */
sealed interface UnitEnd extends Serializable {

  /**
   * All of it is where the sweep lies.
   *
   * @param reached in words; empty where an executor that was lost finished it, and could not say
   */
  record Finished(String reached) implements UnitEnd {}

  /**
   * The unit failed, wherever it runs.
   *
   * @param text one line, and below it where it happened, for its programmer
   */
  record Failed(String text) implements UnitEnd {}

  /** The sweep was stopped; the state of the unit is where the sweep lies. */
  record Interrupted() implements UnitEnd {}
}
