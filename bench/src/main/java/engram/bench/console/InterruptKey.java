package engram.bench.console;

import engram.cl.experiment.StopRequest;
import java.io.PrintStream;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C while an experiment runs: the first asks it to stop, the second ends the program at once.
 * A shutdown hook would not do, as it cannot see the second.
 */
public final class InterruptKey implements AutoCloseable {
  /** Exit code of a program that Ctrl-C ended: 128 and the number of the signal. */
  public static final int EXIT_CODE = 130;

  private static final Signal INTERRUPT = new Signal("INT");

  private final SignalHandler before;

  private InterruptKey(SignalHandler before) {
    this.before = before;
  }

  /** Listens until closed. */
  public static InterruptKey listen(StopRequest stop, PrintStream out) {
    return new InterruptKey(Signal.handle(INTERRUPT, signal -> pressed(stop, out)));
  }

  private static void pressed(StopRequest stop, PrintStream out) {
    if (stop.isMade()) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
    stop.make();
    out.println("\nengram: finishing the batch and saving; Ctrl-C again stops at once");
  }

  /** Gives Ctrl-C back its usual meaning. */
  @Override
  public void close() {
    Signal.handle(INTERRUPT, before);
  }
}
