package engram.bench.check;

import engram.bench.console.Lines;
import engram.nn.train.ObjectiveCheck.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A row for each parameter, its worst element with both numbers; then what is off. */
final class CheckTable {
  private static final String FORMAT = "%-20s %7s %8s %5s %8s %13s %13s%n";

  private final Map<String, List<Entry>> parameters = new LinkedHashMap<>();
  private final List<Entry> entries;

  CheckTable(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    entries.forEach(
        entry -> parameters.computeIfAbsent(entry.parameter(), _ -> new ArrayList<>()).add(entry));
  }

  /** How many gradients are not that of the loss. */
  int off() {
    return (int) entries.stream().filter(entry -> !entry.agrees()).count();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            FORMAT, "parameter", "checked", "error", "kinks", "element", "gradient", "difference"));
    parameters.forEach((name, own) -> text.append(row(name, own)));
    long kinks = entries.stream().filter(entry -> entry.kink() && entry.agrees()).count();
    String sum =
        off() == 0
            ? "all %d gradients are those of finite differences".formatted(entries.size())
            : "%d of %d gradients are off by more than 1e-4 of their size: the worst is  %s"
                .formatted(
                    off(),
                    entries.size(),
                    entries.stream().max(Comparator.comparing(Entry::relativeError)).orElseThrow());
    text.append(Lines.wrapped(sum + (kinks == 0 ? "" : "; at a kink: " + kinks), 2));
    return text.append(System.lineSeparator()).toString();
  }

  private static String row(String name, List<Entry> own) {
    Entry worst = own.stream().max(Comparator.comparing(Entry::relativeError)).orElseThrow();
    return String.format(
        Locale.ROOT,
        FORMAT,
        Lines.shortened(name, 20),
        own.size(),
        String.format(Locale.ROOT, "%.1e", worst.relativeError()),
        own.stream().filter(Entry::kink).count(),
        worst.index(),
        String.format(Locale.ROOT, "%.6e", worst.analytic()),
        String.format(Locale.ROOT, "%.6e", worst.numeric()));
  }
}
