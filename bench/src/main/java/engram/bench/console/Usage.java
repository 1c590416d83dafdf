package engram.bench.console;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong use of a command, which a person can put right on the command line. */
public final class Usage {
  private Usage() {}

  /** Holds options to a rule; an illegal argument ends the command with its usage. */
  public static void check(CommandSpec spec, Runnable rule) {
    Object _ =
        of(
            spec,
            () -> {
              rule.run();
              return spec;
            });
  }

  /** What is made of options; an illegal argument among them ends the command with its usage. */
  public static <T> T of(CommandSpec spec, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
