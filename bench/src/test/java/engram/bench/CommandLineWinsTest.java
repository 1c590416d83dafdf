package engram.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import engram.bench.run.ConfigDefaults;
import engram.bench.run.RunOptions;
import engram.cl.settings.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What stands on the command line wins over the config file, for every option that both have. */
class CommandLineWinsTest {
  @TempDir private Path folder;

  private static Stream<Arguments> options() {
    return Stream.of("run", "tune")
        .flatMap(
            command ->
                command(command).getCommandSpec().options().stream()
                    .map(OptionSpec::longestName)
                    .filter(name -> !List.of("--config", "--help", "--version").contains(name))
                    .map(name -> Arguments.of(command, name)));
  }

  private static CommandLine command(String name) {
    return Objects.requireNonNull(Engram.commandLine().getSubcommands().get(name));
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyOptionOfTheCommandLineWins(String command, String name) throws IOException {
    if (isFlag(command, name)) {
      assertEquals("true", value(command, name, "true", name));
      assertEquals("true", value(command, name, "false", name));
      assertEquals("false", value(command, name, "true", name + "=false"));
      assertEquals("true", value(command, name, "true"));
    } else {
      // Any text will do, but for the protocol, which is looked up at once.
      String other = name.equals("--protocol") ? "hsu-mnist-task" : "8";
      String given = name.equals("--protocol") ? "none" : "7";
      assertEquals(given, value(command, name, other, name + "=" + given));
      assertEquals(other, value(command, name, other));
    }
  }

  private static boolean isFlag(String command, String name) {
    return Objects.requireNonNull(command(command).getCommandSpec().findOption(name)).type()
        == boolean.class;
  }

  /** What an option is for a command when the config file and the command line say these. */
  private String value(String command, String name, String inConfig, String... arguments)
      throws IOException {
    CommandLine root = Engram.commandLine();
    CommandLine line = Objects.requireNonNull(root.getSubcommands().get(command));
    String key = RunOptions.nameOfToday(name.substring(2));
    Path config = Files.writeString(folder.resolve("config.yaml"), key + ": " + inConfig + "\n");
    line.setDefaultValueProvider(ConfigDefaults.read(config, line));
    boolean needsGrid = command.equals("tune") && !name.equals("--grid");
    root.parseArgs(
        Stream.concat(
                needsGrid ? Stream.of(command, "--grid=lr=1,2") : Stream.of(command),
                Stream.of(arguments))
            .toArray(String[]::new));
    return Optional.ofNullable(RunOptions.given(line).get(key))
        .orElseGet(() -> text(Objects.requireNonNull(line.getCommandSpec().findOption(name))));
  }

  private static String text(OptionSpec option) {
    Object value = option.getValue();
    return Option.text(value instanceof Optional<?> maybe ? maybe.orElseThrow() : value);
  }
}
