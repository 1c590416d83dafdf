package engram.learn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Wrong answers, each a small edit of the solution. A file lists them: the mutant's name, then
 * pairs of lines {@code - what stands in the solution} and {@code + what stands there instead}.
 */
final class Mutants {
  private Mutants() {}

  /** The source of each mutant, by its name. */
  static SequencedMap<String, String> of(String solution, String edits) {
    SequencedMap<String, String> mutants = new LinkedHashMap<>();
    String name = "";
    String find = "";
    for (String line : edits.lines().filter(each -> !each.isBlank()).toList()) {
      if (line.startsWith("- ")) {
        find = line.substring(2);
        assertTrue(
            mutants.get(name).contains(find),
            "mutant \"%s\": not in the solution: %s".formatted(name, find));
      } else if (line.startsWith("+ ") || line.equals("+")) {
        mutants.put(name, mutants.get(name).replace(find, line.substring(1).strip()));
      } else {
        name = line;
        mutants.put(name, solution);
      }
    }
    return mutants;
  }
}
