package engram.bench.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Options that say one thing in several ways, of which one counts. Where a person gives one of
 * them, what a config file or a protocol says by another is put aside.
 */
public final class Alternatives {
  private static final List<Group> GROUPS =
      List.of(
          new Group("how long a task is trained", List.of("epochs", "iterations")),
          new Group(
              "how much the memory holds",
              List.of("buffer", "buffer-per-class", "buffer-per-task")));

  /** Options that say {@code what}. */
  private record Group(String what, List<String> names) {
    /** Those that say something: 0 means that another one does. */
    List<String> saidBy(Map<String, String> texts) {
      return names.stream()
          .filter(name -> !texts.getOrDefault(name, "0").strip().equals("0"))
          .toList();
    }
  }

  private Alternatives() {}

  /**
   * Holds a command line to one of each.
   *
   * @param typed texts of options by their names
   * @throws IllegalArgumentException if two say the same thing
   */
  public static void requireOne(Map<String, String> typed) {
    for (Group one : GROUPS) {
      List<String> said = one.saidBy(typed);
      if (said.size() > 1) {
        throw new IllegalArgumentException(
            "--%s %s beside --%s %s: both say %s, give one of them"
                .formatted(
                    said.get(0),
                    typed.get(said.get(0)),
                    said.get(1),
                    typed.get(said.get(1)),
                    one.what));
      }
    }
  }

  /**
   * Options of two origins, the stronger of which wins: over the same option of the weaker, and
   * over one that says the same thing in another way.
   */
  public static SequencedMap<String, String> over(
      Map<String, String> strong, Map<String, String> weak) {
    SequencedMap<String, String> merged = new LinkedHashMap<>(weak);
    for (Group one : GROUPS) {
      if (!one.saidBy(strong).isEmpty()) {
        merged.keySet().removeAll(one.names);
      }
    }
    merged.putAll(strong);
    return merged;
  }
}
