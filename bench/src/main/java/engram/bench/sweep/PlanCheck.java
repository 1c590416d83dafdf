package engram.bench.sweep;

import engram.bench.run.OpenRun;
import engram.data.DataException;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What of a plan can be refused only when its images are there: before the first unit begins. */
final class PlanCheck {
  private PlanCheck() {}

  /**
   * Puts the parts of every setting together: data, tasks, network, strategies.
   *
   * @throws IOException naming the plan, the line if the message tells it, and the setting
   */
  static void check(SweepPlan plan, OpenData data) throws IOException {
    // Settings of one data set behind each other, so that each is read once.
    for (SweepPlan.Setting setting :
        plan.settings().stream()
            .sorted(Comparator.comparing(setting -> setting.config().data()))
            .toList()) {
      try {
        OpenRun.of(setting.config(), data.of(setting.config()));
      } catch (IllegalArgumentException | DataException e) {
        String message = String.valueOf(e.getMessage());
        String place = line(message, setting.lines()).map(", line %d"::formatted).orElse("");
        throw new IOException(
            "%s%s: %s%s".formatted(plan.name(), place, message, with(setting)), e);
      }
    }
  }

  /** {@code (with buffer 200, lr 0.1)}; nothing where nothing is varied. */
  private static String with(SweepPlan.Setting setting) {
    return setting.varied().isEmpty()
        ? ""
        : setting.varied().entrySet().stream()
            .map(option -> option.getKey() + " " + option.getValue())
            .collect(Collectors.joining(", ", " (with ", ")"));
  }

  /** That of the first option, as the plan has them, which the message names. */
  private static Optional<Integer> line(String message, Map<String, Integer> lines) {
    return lines.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .filter(
            option ->
                Pattern.compile("(?<![\\w-])%s(?![\\w-])".formatted(option.getKey()))
                    .matcher(message)
                    .find())
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
