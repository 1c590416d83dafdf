package engram.bench.data;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code engram data}: what concerns data sets. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = "Fetches data sets and shows what is in them.",
    subcommands = {FetchCommand.class, InspectCommand.class})
public final class DataCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.OK;
  }
}
