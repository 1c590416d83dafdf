package engram.bench.report;

import engram.bench.record.RecordedStrategy;
import engram.cl.result.StrategySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes the strategies of the page out of the runs. */
final class StrategyViews {
  private final List<StrategyView> views = new ArrayList<>();
  private final List<Strip> strips = new ArrayList<>();

  /**
   * @param panels runs whose seeds are pooled; where there are several, names say which
   */
  StrategyViews(List<Panel> panels) {
    List<String> labels = Panel.labels(panels);
    for (int i = 0; i < panels.size(); i++) {
      Panel panel = panels.get(i);
      if (panel.strategies().isEmpty()) {
        continue; // interrupted in its first task
      }
      String label = labels.get(i);
      Strip pictures =
          strip("classes", panel.first().pictures(), panel.first().classNames().size());
      List<ClassIcon> icons = icons(panel, pictures);
      Map<String, List<RecordedStrategy>> byName =
          panel.strategies().stream().collect(Collectors.groupingBy(seed -> seed.run().strategy()));
      List<StrategySummary> summaries =
          StrategySummary.of(panel.strategies().stream().map(RecordedStrategy::run).toList());
      for (StrategySummary summary : summaries) {
        List<RecordedStrategy> seeds = byName.getOrDefault(summary.strategy(), List.of());
        views.add(view(panel, label, summary, seeds, icons, panels.size() > 1));
      }
    }
  }

  List<StrategyView> views() {
    return List.copyOf(views);
  }

  /** All pictures that the strategies show windows of. */
  List<Strip> strips() {
    return List.copyOf(strips);
  }

  private StrategyView view(
      Panel panel,
      String label,
      StrategySummary summary,
      List<RecordedStrategy> seeds,
      List<ClassIcon> icons,
      boolean several) {
    int tasks = summary.accuracy().size();
    RecordedStrategy first = seeds.getFirst();
    ClassTable classes = ClassTable.of(seeds, tasks, icons, panel.sameTasks());
    return new StrategyView(
        views.size(),
        several ? "%s (%s)".formatted(summary.strategy(), label) : summary.strategy(),
        several,
        label,
        panel,
        summary,
        List.copyOf(seeds),
        classes,
        ConfusionTable.of(seeds, tasks, classes),
        memory(first),
        first.filters().map(png -> Strip.dataUri("image/png", png)),
        mistakes(first, icons));
  }

  private static List<ClassIcon> icons(Panel panel, Strip pictures) {
    List<ClassIcon> icons = new ArrayList<>();
    panel
        .first()
        .classNames()
        .forEach((number, name) -> icons.add(new ClassIcon(number, name, pictures, icons.size())));
    return List.copyOf(icons);
  }

  private static List<StrategyView.MemoryPicture> memory(RecordedStrategy seed) {
    List<StrategyView.MemoryPicture> pictures = new ArrayList<>();
    for (int task = 0; task < seed.tasks(); task++) {
      RecordedStrategy.Usage usage = seed.usage().get(task);
      int number = task + 1;
      int images = usage.memory().map(memory -> memory.images()).orElse(0);
      String text =
          "%s of %s".formatted(Say.count(images, "image"), classes(usage.memoryClasses()));
      seed.memory()
          .get(task)
          .map(jpeg -> Strip.dataUri("image/jpeg", jpeg))
          .ifPresent(uri -> pictures.add(new StrategyView.MemoryPicture(number, uri, text)));
    }
    return List.copyOf(pictures);
  }

  private static String classes(int count) {
    return count == 1 ? "1 class" : count + " classes";
  }

  private List<StrategyView.MistakePicture> mistakes(RecordedStrategy seed, List<ClassIcon> icons) {
    if (seed.mistakes().isEmpty()) {
      return List.of();
    }
    Strip images = strip("mistakes", seed.mistakeImages(), seed.mistakes().size());
    return IntStream.range(0, seed.mistakes().size())
        .mapToObj(
            i -> {
              RecordedStrategy.Mistake mistake = seed.mistakes().get(i);
              ClassIcon actual = icon(icons, mistake.actual());
              ClassIcon predicted = icon(icons, mistake.predicted());
              ClassIcon image = new ClassIcon(mistake.actual(), actual.name(), images, i);
              return new StrategyView.MistakePicture(image, actual, predicted, mistake.margin());
            })
        .toList();
  }

  private static ClassIcon icon(List<ClassIcon> icons, int number) {
    return icons.stream().filter(icon -> icon.number() == number).findFirst().orElseThrow();
  }

  private Strip strip(String kind, byte[] png, int pictures) {
    Strip strip = Strip.of(kind + strips.size(), png, pictures);
    strips.add(strip);
    return strip;
  }
}
