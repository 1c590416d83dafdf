package engram.cl.experiment;

/**
 * A wish, from any thread, that an experiment end early: it finishes the batch under way and keeps
 * what it has.
 */
public final class StopRequest {
  private volatile boolean made;

  /** Unwinds the loops of training and measuring after a batch; {@link Experiment} catches it. */
  static final class Stopped extends RuntimeException {
    Stopped() {
      super("stopped on request");
    }
  }

  /** Asks for the end. */
  public void make() {
    made = true;
  }

  /** Whether the end was asked for. */
  public boolean isMade() {
    return made;
  }

  /** Called between two batches. */
  void endIfMade() {
    if (made) {
      throw new Stopped();
    }
  }
}
