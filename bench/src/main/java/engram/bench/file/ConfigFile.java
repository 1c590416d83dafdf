package engram.bench.file;

import engram.base.Excerpt;
import engram.base.InputFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Settings as YAML 1.2: one {@code name: value} a line, values numbers, texts, flags or lists. */
public final class ConfigFile {
  /** Bytes of a file: room for thousands of settings. */
  private static final int MOST_BYTES = 200_000;

  private ConfigFile() {}

  /**
   * Writes settings in their order.
   *
   * @param comment first line of the file, without the {@code #}
   */
  public static void write(String comment, Map<String, ?> settings, OutputStream out)
      throws IOException {
    // One line a setting: block style for the settings, flow style for the lists in them. AUTO does
    // so where there is a list, and else puts all settings in one line.
    boolean lists = settings.values().stream().anyMatch(Collection.class::isInstance);
    DumpSettings style =
        DumpSettings.builder()
            .setDefaultFlowStyle(lists ? FlowStyle.AUTO : FlowStyle.BLOCK)
            .setWidth(1000)
            .setDereferenceAliases(true)
            .build();
    String yaml = settings.isEmpty() ? "" : new Dump(style).dumpToString(settings);
    out.write(("# " + comment + "\n" + yaml).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads settings, in the order of the file; an empty file has none.
   *
   * @throws IOException naming the file, and line and column where it is not YAML
   */
  public static Map<String, Object> read(Path file) throws IOException {
    return parse("config " + file, text(file));
  }

  /**
   * The text of a file of settings.
   *
   * @throws IOException naming the file
   */
  public static String text(Path file) throws IOException {
    try {
      return InputFile.readText(file, MOST_BYTES);
    } catch (IOException e) {
      throw new IOException("config " + e.getMessage(), e);
    }
  }

  /**
   * Reads settings from a text.
   *
   * @param name what the text is, for messages
   * @throws IOException naming it, and line and column where it is not YAML
   */
  public static Map<String, Object> parse(String name, String text) throws IOException {
    Object root = FlatYaml.read(name, text);
    return root == null ? Map.of() : settings(name, root);
  }

  private static Map<String, Object> settings(String name, Object root) throws IOException {
    if (!(root instanceof Map<?, ?> map)) {
      throw new IOException(
          "%s: expected lines such as  buffer: 200  , found %s".formatted(name, Excerpt.of(root)));
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = entry.getValue();
      if (value == null) {
        throw new IOException(
            "%s: %s has no value; give one or remove the line"
                .formatted(name, Excerpt.of(entry.getKey())));
      }
      settings.put(String.valueOf(entry.getKey()), value);
    }
    return settings;
  }
}
