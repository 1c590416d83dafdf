package engram.bench.console;

import engram.backend.Backend;
import engram.device.Devices;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands share: {@code --help}, where they print, how wrong usage is told, exit codes. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, footerHeading = "%nExamples:%n")
public abstract class Subcommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /**
   * Does it.
   *
   * @param out the screen
   * @return whether all is well; if not, the exit code is 1
   */
  protected abstract boolean run(PrintWriter out) throws Exception;

  @Override
  public final Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    boolean well = run(out);
    out.flush();
    return well ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Where notices go that are no part of the answer. */
  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Holds the options to what they may be; else it is wrong usage. */
  protected final void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** Holds a number to its bounds, both included. */
  protected final void requireWithin(String option, double value, double least, double most) {
    require(
        value >= least && value <= most,
        "%s is %s, expected %s to %s".formatted(option, text(value), text(least), text(most)));
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  /** What is made of options; an illegal argument among them is wrong usage. */
  protected final <T> T given(Supplier<T> made) {
    return Usage.of(spec, made);
  }

  /** Opens a device; a name that there is not is wrong usage. */
  protected final Backend open(String device, int threads, PrintWriter notices) {
    return given(() -> Devices.open(device, threads, notices::println));
  }

  /** Threads where nobody says how many: all processors. */
  public static int threads(Optional<Integer> stated) {
    int all = Runtime.getRuntime().availableProcessors();
    return stated.orElse(Math.min(Devices.MOST_THREADS, all));
  }
}
