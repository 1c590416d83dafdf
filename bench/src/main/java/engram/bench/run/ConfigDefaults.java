package engram.bench.run;

import engram.base.UserPath;
import engram.bench.file.ConfigFile;
import engram.cl.settings.Choice;
import engram.cl.settings.Option;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options from a YAML file, as defaults behind those of the command line. Its keys are the long
 * names of the options without the dashes.
 */
public final class ConfigDefaults implements IDefaultValueProvider {
  /** Of a command without a file. */
  static final ConfigDefaults NONE = new ConfigDefaults(Map.of());

  private final Map<String, String> values;

  private ConfigDefaults(Map<String, String> values) {
    this.values = values;
  }

  /** The file that arguments name with {@code --config}. */
  public static Optional<Path> fileIn(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--config=")) {
        return Optional.of(UserPath.of(arguments[i].substring("--config=".length())));
      }
      if (arguments[i].equals("--config") && i + 1 < arguments.length) {
        return Optional.of(UserPath.of(arguments[i + 1]));
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a file.
   *
   * @param command whose options may be in it
   * @throws IOException if it cannot be read, or names an option that there is not
   */
  public static ConfigDefaults read(Path file, CommandLine command) throws IOException {
    List<String> names =
        command.getCommandSpec().options().stream()
            .map(ConfigDefaults::name)
            .filter(name -> !List.of("config", "help", "version").contains(name))
            .toList();
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, Object> entry : ConfigFile.read(file).entrySet()) {
      String name = RunOptions.nameOfToday(entry.getKey());
      if (!names.contains(name)) {
        throw new IOException(
            "config %s: %s; see  engram %s --help"
                .formatted(
                    file,
                    Choice.unknown("option", name, names).getMessage(),
                    command.getCommandName()));
      }
      if (values.put(name, Option.text(entry.getValue())) != null) {
        throw new IOException(
            "config %s: %s is given twice, once by an older name".formatted(file, name));
      }
    }
    return new ConfigDefaults(values);
  }

  /** Of the names of an option the one in use today; older ones and {@code -h} follow it. */
  private static String name(OptionSpec option) {
    return Stream.of(option.names())
        .filter(name -> name.startsWith("--"))
        .findFirst()
        .orElse(option.longestName())
        .substring(2);
  }

  /** The text of an option, if the file has it. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    String name = argument instanceof OptionSpec option ? name(option) : "";
    return values.containsKey(name) ? values.get(name) : argument.defaultValue();
  }
}
