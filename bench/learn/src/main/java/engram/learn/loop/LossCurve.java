package engram.learn.loop;

import engram.learn.exercise.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The losses of a training run, as they come. */
final class LossCurve {
  /** Parts in which a curve is told. */
  private static final int PARTS = 10;

  private final List<Double> losses = new ArrayList<>();

  void add(double loss) {
    losses.add(loss);
  }

  int size() {
    return losses.size();
  }

  /** The curve in one line, such as {@code 2.310 1.402 0.611}. */
  @Override
  public String toString() {
    int parts = Math.min(PARTS, losses.size());
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int from = i * losses.size() / parts;
      int to = (i + 1) * losses.size() / parts;
      means.add(
          losses.subList(from, to).stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElseThrow());
    }
    return means.stream()
        .map(mean -> String.format(Locale.ROOT, mean < 1000 ? "%.3f" : "%.2g", mean))
        .collect(Collectors.joining(" "));
  }

  /** The verdict with the curve. */
  Verdict.Failed under(Verdict.Failed failed) {
    return losses.isEmpty()
        ? failed.and("your loop never called forward")
        : failed.and(
            String.format(
                Locale.ROOT,
                "loss of your first forward pass %.4g; of all %,d in order, means of %d parts: %s",
                losses.getFirst(),
                losses.size(),
                Math.min(PARTS, losses.size()),
                this));
  }
}
