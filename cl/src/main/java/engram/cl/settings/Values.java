package engram.cl.settings;

import java.util.List;
import java.util.Map;

/**
 * Texts of options by their names; those that are not there are as usual.
 *
 * @param texts as on the command line, {@code true} for a flag
 */
public record Values(Map<String, String> texts) {

  /**
   * Texts of the options of a table.
   *
   * @throws IllegalArgumentException naming an option that there is not
   */
  public static Values of(Map<String, String> texts, List<? extends Option<?, ?>> table) {
    List<String> names = table.stream().map(Option::name).toList();
    for (String name : texts.keySet()) {
      if (!names.contains(name)) {
        throw Choice.unknown("option", name, names);
      }
    }
    return new Values(texts);
  }

  /**
   * The value of an option.
   *
   * @throws IllegalArgumentException if its text is none
   */
  public <T> T get(Option<?, T> option) {
    return option.read(texts.getOrDefault(option.name(), option.usual()));
  }
}
