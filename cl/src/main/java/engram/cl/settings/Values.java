package engram.cl.settings;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Texts of options by their names; those that are not there are as usual.
 *
 * @param texts as on the command line, {@code true} for a flag
 */
public record Values(Map<String, String> texts) {
  /** Options that say the size of the memory in place of the usual one. */
  private static final Set<String> OTHER_SIZES =
      Set.of(Options.BUFFER_PER_CLASS.name(), Options.BUFFER_PER_TASK.name());

  /**
   * What a person gave, over what the preset says.
   *
   * @param table options that may be given
   * @param photographs whether the images are photographs: see {@link Preset#values}
   * @throws IllegalArgumentException naming an option that there is not
   */
  public static Values of(
      Map<String, String> given, List<? extends Option<?>> table, boolean photographs) {
    List<String> names = table.stream().<String>map(Option::name).toList();
    Map<String, String> today = new HashMap<>();
    given.forEach((name, text) -> today.put(Option.nameOfToday(name, table), text));
    for (String name : today.keySet()) {
      if (!names.contains(name)) {
        throw Choice.unknown("option", name, names);
      }
    }
    Values named = new Values(today);
    Map<String, String> texts = new HashMap<>(named.get(Options.PRESET).values(photographs));
    if (named.get(Options.ONLINE)) {
      texts.putAll(Map.of("epochs", "1", "pretraining-epochs", "0", "sampling", "instance"));
    }
    switch (named.get(Options.SCENARIO).kind()) {
      case TASK -> texts.put("loss-over", "task");
      case BLURRY -> texts.put("head", "full");
      default -> {}
    }
    if (OTHER_SIZES.stream().anyMatch(size -> !today.getOrDefault(size, "0").equals("0"))) {
      texts.put(Options.BUFFER.name(), "0");
    }
    // Who says what is learnt before the tasks wants it learnt.
    boolean none = texts.getOrDefault(Options.PRETRAINING_EPOCHS.name(), "0").equals("0");
    if (today.containsKey(Options.PRETRAINING.name()) && none) {
      texts.put(Options.PRETRAINING_EPOCHS.name(), "4");
    }
    texts.putAll(today);
    return new Values(texts);
  }

  /**
   * The value of an option.
   *
   * @throws IllegalArgumentException with the rule, if its text is none
   */
  public <T> T get(Option<T> option) {
    return option.read(texts.getOrDefault(option.name(), option.usual()));
  }

  /** All values as config files have them: numbers, flags, texts and lists of them. */
  public SequencedMap<String, Object> plain(List<? extends Option<?>> table) {
    SequencedMap<String, Object> plain = new LinkedHashMap<>();
    for (Option<?> option : table) {
      Object value = get(option);
      boolean plainly =
          value instanceof Number || value instanceof Boolean || value instanceof List<?>;
      plain.put(option.name(), plainly ? value : String.valueOf(value));
    }
    return plain;
  }
}
