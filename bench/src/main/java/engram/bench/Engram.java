package engram.bench;

import engram.bench.console.Version;
import engram.bench.data.DataCommand;
import engram.bench.export.ExportCommand;
import engram.bench.look.CompareCommand;
import engram.bench.look.DevicesCommand;
import engram.bench.look.ExplainCommand;
import engram.bench.look.GraphCommand;
import engram.bench.look.StrategiesCommand;
import engram.bench.look.SummaryCommand;
import engram.bench.look.VerifyCommand;
import engram.bench.metrics.MetricsCommand;
import engram.bench.report.ReportCommand;
import engram.bench.run.ConfigDefaults;
import engram.bench.run.ReplayCommand;
import engram.bench.run.RunCommand;
import engram.bench.shell.ShellCommand;
import engram.bench.speed.BenchCommand;
import engram.bench.sweep.SweepCommand;
import engram.bench.tune.TuneCommand;
import engram.bench.verified.ProtocolsCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      SweepCommand.class,
      ReplayCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      TuneCommand.class,
      StrategiesCommand.class,
      ProtocolsCommand.class,
      MetricsCommand.class,
      DataCommand.class,
      VerifyCommand.class,
      ExplainCommand.class,
      SummaryCommand.class,
      GraphCommand.class,
      CompareCommand.class,
      BenchCommand.class,
      DevicesCommand.class,
      ShellCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram run                        learn generated signs and compare three strategies",
      "  engram run --data gtsrb:PATH      the same on real GTSRB",
      "  engram sweep plan.yaml            many runs, here or on many machines",
      "  engram report runs/run1 runs/run2 one page out of several runs",
      "  engram export runs/run1           its network as an ONNX file",
      "  engram data fetch gtsrb           download it",
      "  engram summary --network bn       the layers of a network",
      "  engram explain                    look into one training step",
      "  engram bench --step               training images a second",
      "  engram devices                    list what there is to compute on",
      "  engram shell                      Java line by line, with the engine at hand",
      "",
      "Each command has a --help of its own."
    })
public final class Engram implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs the command line. Errors of the Java runtime, such as too little memory, end in one line
   * as well.
   *
   * @return the exit code
   */
  public static int run(String... args) {
    adviseOnFlags();
    try {
      return execute(commandLine(), args);
    } catch (OutOfMemoryError e) {
      System.err.println(
          "engram: out of memory (%s); use a smaller --batch, or give Java more: JAVA_TOOL_OPTIONS=-Xmx8g"
              .formatted(e.getMessage()));
    } catch (Error e) {
      System.err.println(FailureReport.describe(new Exception(String.valueOf(e), e)));
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The whole command line, as {@link #main} runs it. */
  static CommandLine commandLine() {
    return new CommandLine(new Engram())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new WrongUsage())
        .setExecutionExceptionHandler(new FailureReport());
  }

  /** Runs a command; options that it does not give come from its {@code --config} file. */
  static int execute(CommandLine commandLine, String... args) {
    String name = args.length > 0 && args[0].equals("tune") ? "tune" : "run";
    CommandLine run = Objects.requireNonNull(commandLine.getSubcommands().get(name));
    try {
      Optional<Path> config = ConfigDefaults.fileIn(args);
      if (config.isPresent()) {
        run.setDefaultValueProvider(ConfigDefaults.read(config.get(), run));
      }
    } catch (IOException e) {
      commandLine.getErr().println("engram: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    return commandLine.execute(args);
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
}
