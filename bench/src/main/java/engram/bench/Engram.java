package engram.bench;

import engram.bench.atlas.AtlasCommand;
import engram.bench.check.CheckCommand;
import engram.bench.console.Version;
import engram.bench.data.DataCommand;
import engram.bench.export.ExportCommand;
import engram.bench.learn.LearnCommand;
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
import engram.bench.step.StepCommand;
import engram.bench.sweep.SweepCommand;
import engram.bench.tune.TuneCommand;
import engram.bench.verified.ProtocolsCommand;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
 * understood, 130 interrupted by Ctrl-C, by another signal 128 and its number. A user sees a
 * message, never a stack trace, unless the environment variable {@code ENGRAM_STACKTRACE} is set.
 */
@Command(
    name = "engram",
    description = "Class-incremental learning on a tensor engine written from scratch in Java.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram run                        learn generated signs and compare three strategies",
      "  engram run --data gtsrb:PATH      the same on real GTSRB",
      "  engram run --resume runs/run1     go on after an interruption",
      "  engram replay runs/run1 --at er:1:3:117   a step of it once more",
      "  engram sweep plan.yaml            many runs, here or on many machines",
      "  engram report runs/run1 runs/run2 one page out of several runs",
      "  engram export runs/run1           its network as an ONNX file",
      "  engram data fetch gtsrb           download it",
      "  engram summary --network bn       the layers of a network",
      "  engram step                       one training step, every number on one page",
      "  engram explain                    what each of its nodes costs",
      "  engram explain --doctor           what is wrong with a training",
      "  engram check --strategies er      its gradients beside finite differences",
      "  engram bench --step               training images a second",
      "  engram devices                    list what there is to compute on",
      "  engram shell                      Java line by line, with the engine at hand",
      "  engram learn                      learn by making it: exercises, checked",
      "",
      "Each command has a --help of its own."
    })
public final class Engram implements Callable<Integer> {

  private static final List<Class<?>> COMMANDS =
      List.of(
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
          CheckCommand.class,
          AtlasCommand.class,
          VerifyCommand.class,
          StepCommand.class,
          ExplainCommand.class,
          SummaryCommand.class,
          GraphCommand.class,
          CompareCommand.class,
          BenchCommand.class,
          DevicesCommand.class,
          ShellCommand.class,
          LearnCommand.class);

  /** Not {@code formatted}: that loads what Java knows of countries, at each start. */
  private static final String OUT_OF_MEMORY =
      "engram: out of memory: "
          + (Runtime.getRuntime().maxMemory() >> 20)
          + " MB are too few for this data set, network and batch.\n"
          + "        Give Java more, for example  JAVA_TOOL_OPTIONS=-Xmx4g";

  @Spec private CommandSpec spec;

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    // All that it writes and says is English: the same digits, points and letters everywhere.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(args));
  }

  /**
   * Runs the command line. Errors of the Java runtime, such as too little memory, end in one line
   * as well.
   *
   * @return the exit code
   */
  public static int run(String... args) {
    try {
      return execute(commandLine(args), args);
    } catch (OutOfMemoryError e) {
      // Neither words nor the threads that a usual end starts: there may be no memory for them.
      try {
        System.err.println(OUT_OF_MEMORY);
      } finally {
        Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
      }
    } catch (Error e) {
      System.err.println(FailureReport.describe(new Exception(String.valueOf(e), e)));
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /**
   * The command line, as {@link #main} runs it, with the command that is asked for; with all of
   * them where it is none, which takes a good part of a second.
   */
  static CommandLine commandLine(String... args) {
    CommandLine line = new CommandLine(new Engram());
    List<Class<?>> asked =
        COMMANDS.stream().filter(c -> args.length > 0 && name(c).equals(args[0])).toList();
    for (Class<?> command : asked.isEmpty() ? COMMANDS : asked) {
      line.addSubcommand(new CommandLine(command)); // made alone, so that its options are added
    }
    return line.registerConverter(Path.class, FailureReport::path)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(new WrongUsage())
        .setExecutionExceptionHandler(new FailureReport());
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /**
   * Runs a command; {@code @FILE} stands for the arguments in a file, and options that they do not
   * give come from the {@code --config} file.
   */
  static int execute(CommandLine commandLine, String... written) {
    try {
      String[] args = ArgumentFiles.expand(written);
      if (args.length > 0 && List.of("run", "tune").contains(args[0])) {
        CommandLine command = Objects.requireNonNull(commandLine.getSubcommands().get(args[0]));
        Optional<Path> config = ConfigDefaults.fileIn(args);
        if (config.isPresent()) {
          command.setDefaultValueProvider(ConfigDefaults.read(config.get(), command));
        }
      }
      return commandLine.execute(args);
    } catch (IOException | InvalidPathException e) {
      commandLine.getErr().println(FailureReport.describe(e));
      return CommandLine.ExitCode.USAGE;
    }
  }

  /** Without a subcommand: says what there is. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.OK;
  }
}
