package engram.bench.report;

import engram.bench.record.RecordedFinding;
import engram.bench.record.RecordedRun;
import engram.bench.record.RecordedStrategy;
import engram.cl.experiment.RunEvent.StrategyDiverged;
import engram.cl.task.TaskSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs whose seeds may be pooled: they share every setting that results depend on, and no strategy
 * has the same seed twice among them.
 */
public record Panel(List<RecordedRun> runs) {
  /** Settings that say which results there are, or how fast, not what they are. */
  private static final Set<String> BESIDE_THE_PROTOCOL =
      Set.of("strategies", "plugins", "seed", "seeds", "device", "threads", "no-fusion");

  /** Fields of the protocol card that say what an accuracy is measured on. */
  private static final List<String> MEASURED =
      List.of("data", "split", "tasks", "class order", "scenario");

  /** Fields of the protocol card that say which results there are, not what they are. */
  private static final Set<String> POOLED = Set.of("strategies", "selection", "seeds");

  /** Names of folders that a text lists. */
  private static final int NAMED = 3;

  public Panel {
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
    Map<Integer, String> classes = first().classNames();
    Map<Integer, String> others = other.first().classNames();
    return both.isEmpty()
        && (classes.isEmpty() || others.isEmpty() || classes.equals(others))
        && protocol(first()).equals(protocol(other.first()))
        && measured().equals(other.measured());
  }

  /** The settings that results depend on. */
  private static Map<String, String> protocol(RecordedRun run) {
    Map<String, String> protocol = run.settings();
    protocol.keySet().removeAll(BESIDE_THE_PROTOCOL);
    return protocol;
  }

  /** Each strategy with each seed, those whose training diverged, too. */
  private Set<List<?>> seeds() {
    return Stream.concat(
            strategies().stream().map(s -> List.of(s.run().strategy(), s.run().seed())),
            diverged().stream().map(d -> List.of(d.strategy(), d.seed())))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The first run that tells its classes: one that did no task does not. */
  RecordedRun first() {
    return runs.stream()
        .filter(run -> !run.classNames().isEmpty())
        .findFirst()
        .orElse(runs.getFirst());
  }

  /** What doctors found in its runs; empty where none watched. */
  Optional<List<RecordedFinding>> findings() throws IOException {
    return RecordedFinding.in(runs.stream().map(RecordedRun::folder).toList());
  }

  /** Names of its folders; of many only how many there are. */
  String folders() {
    return Say.list(runs.stream().map(Panel::name).toList(), NAMED);
  }

  /** Name of a run's folder. */
  static String name(RecordedRun run) {
    return run.folder().toAbsolutePath().normalize().getFileName().toString();
  }

  /**
   * What to call each of several panels: the settings in which they differ, such as {@code buffer
   * 500}, where these are few and tell all apart; else their folders.
   */
  static List<String> labels(List<Panel> panels) {
    List<String> settings = differentSettings(panels);
    List<String> labels =
        panels.stream()
            .map(
                panel ->
                    settings.stream()
                        .map(name -> name + " " + panel.setting(name))
                        .collect(Collectors.joining(", ")))
            .toList();
    boolean told = settings.size() <= NAMED && Set.copyOf(labels).size() == panels.size();
    return told && panels.size() > 1 ? labels : panels.stream().map(Panel::folders).toList();
  }

  /** Names of the settings that keep panels apart, in the order of the files. */
  static List<String> differentSettings(List<Panel> panels) {
    return panels.stream()
        .flatMap(panel -> protocol(panel.first()).keySet().stream())
        .distinct()
        .filter(name -> panels.stream().map(p -> p.setting(name)).distinct().count() > 1)
        .toList();
  }

  /** Fields of the protocol cards that are not the same in all panels. */
  static List<String> differentFields(List<Panel> panels) {
    List<Map<String, String>> cards = panels.stream().map(Panel::card).toList();
    return cards.stream()
        .flatMap(card -> card.keySet().stream())
        .distinct()
        .filter(field -> !POOLED.contains(field))
        .filter(f -> cards.stream().map(c -> c.getOrDefault(f, "-")).distinct().count() > 1)
        .toList();
  }

  /** Value of a setting; a dash where it has none. */
  String setting(String name) {
    return first().settings().getOrDefault(name, "-");
  }

  /**
   * What its accuracies are measured on, by the field of the protocol card: figures of two panels
   * can be compared only where all of it is the same.
   */
  Map<String, String> measured() {
    Map<String, String> measured = new LinkedHashMap<>();
    for (String field : MEASURED) {
      String inSettings = setting(field.replace(' ', '-'));
      measured.put(field, first().card().getOrDefault(field, inSettings));
    }
    if (!first().card().containsKey("tasks") && !strategies().isEmpty()) {
      measured.put("tasks", strategies().getFirst().split().sizes().toString());
    }
    return measured;
  }

  /** The protocol card of all its runs: strategies and seeds are those that were pooled. */
  Map<String, String> card() {
    Map<String, String> card = new LinkedHashMap<>(first().card());
    if (runs.size() > 1 && !card.isEmpty()) {
      card.put("strategies", joined(0));
      card.put("seeds", joined(1));
    }
    return card;
  }

  /** Their names, or their seeds. */
  private String joined(int part) {
    return seeds().stream()
        .map(each -> String.valueOf(each.get(part)))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Each strategy with each seed, by seed. */
  List<RecordedStrategy> strategies() {
    return runs.stream()
        .flatMap(run -> run.strategies().stream())
        .sorted(Comparator.comparingLong(strategy -> strategy.run().seed()))
        .toList();
  }

  /** What became of training that diverged, by seed. */
  List<StrategyDiverged> diverged() {
    return runs.stream()
        .flatMap(run -> run.diverged().stream())
        .sorted(Comparator.comparingLong(StrategyDiverged::seed))
        .toList();
  }

  /** Whether all seeds meet the classes in the same order and tasks. */
  boolean sameTasks() {
    Set<TaskSplit> splits =
        strategies().stream().map(RecordedStrategy::split).collect(Collectors.toSet());
    return splits.size() == 1;
  }
}
