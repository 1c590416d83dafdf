package engram.bench.console;

import engram.cl.experiment.StopRequest;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What asks a program to end while an experiment runs: Ctrl-C, {@code kill}, a terminal that is
 * closed, and USR1, which Slurm can send before the time of a job is up. The first asks the
 * experiment to stop, the second ends the program at once. A shutdown hook would not do, as it
 * cannot see the second.
 */
public final class StopSignals implements AutoCloseable {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP", "USR1");

  /** {@code timeout} and shells send a signal to the program and to its group: it comes twice. */
  private static final Duration SAME = Duration.ofMillis(500);

  private final StopRequest stop;
  private final PrintStream out;
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
  private long first;
  private volatile int number;

  private StopSignals(StopRequest stop, PrintStream out) {
    this.stop = stop;
    this.out = out;
  }

  /**
   * Listens until closed.
   *
   * @param out takes lines that a person should see
   */
  public static StopSignals listen(StopRequest stop, PrintStream out) {
    StopSignals signals = new StopSignals(stop, out);
    for (String name : NAMES) {
      try {
        Signal signal = new Signal(name);
        signals.before.put(signal, Signal.handle(signal, signals::received));
      } catch (IllegalArgumentException e) {
        // Windows has two of them; with -Xrs Java leaves them to the system.
      }
    }
    if (!signals.before.containsKey(new Signal("INT"))) {
      out.println("engram: Java was started with -Xrs: Ctrl-C stops at once, without saving");
    }
    return signals;
  }

  /**
   * Listens again, to be called now and then: an OpenCL driver that is built on LLVM takes signals
   * for itself when it is loaded, and when it is done puts back what it found, which was before.
   */
  public void renew() {
    before.keySet().forEach(signal -> Signal.handle(signal, this::received));
  }

  /** Called in one thread, signal after signal. */
  private void received(Signal signal) {
    long now = System.nanoTime();
    if (stop.isMade()) {
      if (now - first >= SAME.toNanos()) {
        Runtime.getRuntime().halt(128 + signal.getNumber());
      }
      return;
    }
    first = now;
    number = signal.getNumber();
    stop.make();
    boolean key = signal.getName().equals("INT");
    out.printf(
        "%nengram: %sfinishing the batch and saving; %s stops at once%n",
        key ? "" : "SIG" + signal.getName() + ": ", key ? "Ctrl-C again" : "a second signal");
  }

  /** Exit code of a program that a signal ended: 128 and the number of the signal. */
  public int exitCode() {
    return 128 + number;
  }

  /** Gives the signals back their usual meaning. */
  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
