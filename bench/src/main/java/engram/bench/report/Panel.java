package engram.bench.report;

import engram.bench.record.RecordedRun;
import engram.bench.record.RecordedStrategy;
import engram.cl.task.TaskSplit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs whose seeds may be pooled: they share every setting that results depend on, and no strategy
 * has the same seed twice among them.
 */
record Panel(List<RecordedRun> runs) {
  /** Settings that say which results there are, or how fast, not what they are. */
  private static final Set<String> BESIDE_THE_PROTOCOL =
      Set.of("strategies", "plugins", "seed", "seeds", "device", "threads", "no-fusion");

  Panel {
    runs = List.copyOf(runs);
  }

  /** Sorts runs into panels, in their order. */
  static List<Panel> of(List<RecordedRun> runs) {
    List<Panel> panels = new ArrayList<>();
    for (RecordedRun run : runs) {
      Panel alone = new Panel(List.of(run));
      int home = 0;
      while (home < panels.size() && !panels.get(home).takes(alone)) {
        home++;
      }
      if (home == panels.size()) {
        panels.add(alone);
      } else {
        panels.set(
            home,
            new Panel(Stream.concat(panels.get(home).runs.stream(), Stream.of(run)).toList()));
      }
    }
    return panels;
  }

  private boolean takes(Panel other) {
    Set<List<?>> both = new HashSet<>(seeds());
    both.retainAll(other.seeds());
    return both.isEmpty()
        && first().classNames().equals(other.first().classNames())
        && protocol(first()).equals(protocol(other.first()));
  }

  /** The settings that results depend on. */
  private static Map<String, String> protocol(RecordedRun run) {
    Map<String, String> protocol = run.settings();
    protocol.keySet().removeAll(BESIDE_THE_PROTOCOL);
    return protocol;
  }

  private Set<List<?>> seeds() {
    return strategies().stream()
        .map(s -> List.of(s.run().strategy(), s.run().seed()))
        .collect(Collectors.toSet());
  }

  RecordedRun first() {
    return runs.getFirst();
  }

  String name() {
    return runs.stream()
        .map(run -> run.folder().toAbsolutePath().normalize().getFileName().toString())
        .collect(Collectors.joining(", "));
  }

  /** Each strategy with each seed, run by run. */
  List<RecordedStrategy> strategies() {
    return runs.stream().flatMap(run -> run.strategies().stream()).toList();
  }

  /** Whether all seeds meet the classes in the same order and tasks. */
  boolean sameTasks() {
    Set<TaskSplit> splits =
        strategies().stream().map(RecordedStrategy::split).collect(Collectors.toSet());
    return splits.size() == 1;
  }
}
