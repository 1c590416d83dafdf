package engram.bench.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import engram.bench.record.RecordedEpoch;
import engram.cl.metrics.Estimate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntBiFunction;
import java.util.stream.IntStream;

/** Numbers behind the charts, as {@code report.js} takes them. */
public final class Charts {
  private Charts() {}

  /**
   * Accuracy over the number of classes met, which runs of different tasks have in common; over
   * that of tasks where these share their labels.
   */
  static String accuracy(List<StrategyView> strategies) {
    boolean byTask = strategies.stream().anyMatch(s -> s.scenario().labelsRepeat());
    ToIntBiFunction<StrategyView, Integer> met = (s, t) -> byTask ? t + 1 : s.seenClasses(t);
    TreeSet<Integer> seen = new TreeSet<>();
    strategies.forEach(
        s -> IntStream.range(0, s.tasks()).forEach(t -> seen.add(met.applyAsInt(s, t))));
    ObjectNode chart = chart(byTask ? "tasks met" : "classes met", "accuracy, %");
    chart.put("max", 100);
    chart.put("ticks", true);
    seen.forEach(chart.putArray("x")::add);
    for (StrategyView strategy : strategies) {
      ObjectNode series = series(chart, strategy);
      for (int classes : seen) {
        int task =
            IntStream.range(0, strategy.tasks())
                .filter(t -> met.applyAsInt(strategy, t) == classes)
                .findFirst()
                .orElse(-1);
        if (task < 0) {
          List.of("y", "low", "high").forEach(name -> series.withArray(name).addNull());
        } else {
          Estimate estimate = strategy.summary().accuracy().get(task);
          double half = estimate.halfWidth().orElse(0);
          add(series, "y", estimate.mean());
          add(series, "low", Math.max(0, estimate.mean() - half));
          add(series, "high", Math.min(100, estimate.mean() + half));
        }
      }
      if (strategy.seeds().size() == 1) {
        series.remove(List.of("low", "high")); // one seed has no interval
      }
    }
    return chart.toString();
  }

  /**
   * A term of the loss after each epoch, mean over seeds.
   *
   * @param term its name, such as {@code ce}
   * @param json numbers of the chart: x counts tasks, 1.5 is in the middle of the second
   */
  public record Learning(String term, String json) {}

  /** A chart for each term of the loss that a strategy has. */
  static List<Learning> learning(List<LearningCurve> curves) {
    List<String> terms =
        curves.stream()
            .flatMap(curve -> curve.epochs().stream())
            .flatMap(epoch -> epoch.losses().keySet().stream())
            .distinct()
            .toList();
    return terms.stream().map(term -> new Learning(term, learning(curves, term))).toList();
  }

  private static String learning(List<LearningCurve> curves, String term) {
    Map<String, SortedMap<Double, Double>> lines = new LinkedHashMap<>();
    TreeSet<Double> all = new TreeSet<>();
    ObjectNode chart = chart("tasks done", term);
    for (LearningCurve curve : curves) {
      SortedMap<Double, Double> line = line(curve, term);
      if (!line.isEmpty()) {
        lines.put(curve.name(), line);
        all.addAll(line.keySet());
        ObjectNode series = chart.withArray("series").addObject();
        series.put("label", curve.name());
        series.put("color", curve.color());
      }
    }
    all.forEach(chart.putArray("x")::add);
    int at = 0;
    for (SortedMap<Double, Double> line : lines.values()) {
      ArrayNode y = ((ObjectNode) chart.withArray("series").get(at++)).putArray("y");
      all.forEach(x -> y.add(line.get(x)));
    }
    ArrayNode marks = chart.putArray("marks");
    IntStream.range(1, (int) Math.ceil(all.isEmpty() ? 0 : all.last())).forEach(marks::add);
    return chart.toString();
  }

  /** Mean of a term over seeds, by the tasks and the part of a task that were done. */
  private static SortedMap<Double, Double> line(LearningCurve curve, String term) {
    Map<Integer, Integer> epochs = new HashMap<>(); // of each task
    curve.epochs().forEach(e -> epochs.merge(e.task(), e.epoch() + 1, Math::max));
    int most = epochs.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    int last = epochs.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    Map<Double, List<Double>> values = new TreeMap<>();
    for (RecordedEpoch epoch : curve.epochs()) {
      Double loss = epoch.losses().get(term);
      if (loss != null && Double.isFinite(loss)) {
        // The last task may be under way: then it is as long as the longest before it.
        int length = epoch.task() == last ? most : epochs.getOrDefault(epoch.task(), most);
        double x = rounded(epoch.task() + (epoch.epoch() + 1.0) / length);
        values.computeIfAbsent(x, at -> new ArrayList<>()).add(loss);
      }
    }
    SortedMap<Double, Double> line = new TreeMap<>();
    values.forEach(
        (x, losses) ->
            line.put(
                x,
                Math.round(
                        losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow()
                            * 1e4)
                    / 1e4));
    return line;
  }

  /** Norm of each row of the classifier after the last task, in the order in which rows came. */
  static String rowNorms(List<StrategyView> strategies) {
    if (strategies.isEmpty()) {
      return "";
    }
    ObjectNode chart = chart("class, in the order met", "norm of its row of weights");
    int rows = strategies.stream().mapToInt(s -> s.rowNorms().size()).max().orElse(0);
    IntStream.rangeClosed(1, rows).forEach(chart.putArray("x")::add);
    for (StrategyView strategy : strategies) {
      ObjectNode series = series(chart, strategy);
      List<Double> norms = strategy.rowNorms();
      ArrayNode y = series.withArray("y");
      for (int row = 0; row < rows; row++) {
        y.add(row < norms.size() ? (Double) rounded(norms.get(row)) : null);
      }
    }
    StrategyView longest =
        strategies.stream().max((a, b) -> a.rowNorms().size() - b.rowNorms().size()).orElseThrow();
    ArrayNode marks = chart.putArray("marks");
    IntStream.range(1, longest.tasks()).forEach(t -> marks.add(longest.seenClasses(t - 1) + 0.5));
    return chart.toString();
  }

  private static ObjectNode chart(String x, String y) {
    ObjectNode chart = JsonNodeFactory.instance.objectNode();
    chart.put("xLabel", x);
    chart.put("yLabel", y);
    return chart;
  }

  private static ObjectNode series(ObjectNode chart, StrategyView strategy) {
    ObjectNode series = chart.withArray("series").addObject();
    series.put("label", strategy.name());
    series.put("color", strategy.index());
    return series;
  }

  private static void add(ObjectNode series, String name, double value) {
    series.withArray(name).add(rounded(value));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }
}
