package engram.bench.console;

import engram.cl.experiment.StopRequest;
import java.io.PrintStream;
import java.util.Optional;
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

  private final Optional<SignalHandler> before;

  private InterruptKey(Optional<SignalHandler> before) {
    this.before = before;
  }

  /**
   * Listens until closed. Where Java was told to leave signals alone (its option {@code -Xrs}), a
   * line says so, and the first ends the program at once.
   */
  public static InterruptKey listen(StopRequest stop, PrintStream out) {
    try {
      return new InterruptKey(Optional.of(Signal.handle(INTERRUPT, signal -> pressed(stop, out))));
    } catch (IllegalArgumentException taken) {
      out.println("engram: Java was started with -Xrs: Ctrl-C stops at once, without saving");
      return new InterruptKey(Optional.empty());
    }
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
    before.ifPresent(handler -> Signal.handle(INTERRUPT, handler));
  }
}
