package engram.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The {@code engram} command line.
 *
 * <p>Exit codes: 0 done, 1 failed (bad data, a check that did not hold), 2 command line not
 * understood, 130 interrupted. A user sees a message, never a stack trace, unless the environment
 * variable {@code ENGRAM_STACKTRACE} is set.
 */
@Command(
    name = "engram",
    description = "Class-incremental learning on a tensor engine written from scratch in Java.",
    versionProvider = Engram.Version.class,
    mixinStandardHelpOptions = true)
public final class Engram implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    adviseOnFlags();
    System.exit(commandLine().execute(args));
  }

  /** The whole command line, as {@link #main} runs it. */
  static CommandLine commandLine() {
    return new CommandLine(new Engram())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new FailureReport());
  }

  /** Without a subcommand: says what there is. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.OK;
  }

  private static void adviseOnFlags() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      System.err.println(
          "engram: slow without the Vector API; start with bench/engram, or  java"
              + " --add-modules jdk.incubator.vector -jar engram.jar");
    }
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Engram.class.getPackage().getImplementationVersion();
      return new String[] {"Engram " + (version == null ? "(not packaged)" : version)};
    }
  }
}
