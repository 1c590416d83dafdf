package engram.bench.run;

import engram.bench.file.ConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
  private final Map<String, String> values;

  private ConfigDefaults(Map<String, String> values) {
    this.values = values;
  }

  /** The file that arguments name with {@code --config}. */
  public static Optional<Path> fileIn(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--config=")) {
        return Optional.of(Path.of(arguments[i].substring("--config=".length())));
      }
      if (arguments[i].equals("--config") && i + 1 < arguments.length) {
        return Optional.of(Path.of(arguments[i + 1]));
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
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, Object> entry : ConfigFile.read(file).entrySet()) {
      String name = entry.getKey();
      if (command.getCommandSpec().findOption("--" + name) == null || name.equals("config")) {
        throw new IOException(
            "config %s: there is no option \"%s\"; see  engram %s --help"
                .formatted(file, name, command.getCommandName()));
      }
      values.put(name, text(entry.getValue()));
    }
    return new ConfigDefaults(values);
  }

  /**
   * Options and values from elsewhere.
   *
   * @param values by the long names of options without the dashes
   */
  public static ConfigDefaults of(Map<String, String> values) {
    return new ConfigDefaults(Map.copyOf(values));
  }

  /** The options and their values. */
  public Map<String, String> values() {
    return Map.copyOf(values);
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    String name =
        argument instanceof OptionSpec option ? option.longestName().replaceFirst("^--", "") : "";
    return values.containsKey(name) ? values.get(name) : argument.defaultValue();
  }
}
