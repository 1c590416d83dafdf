package engram.cl.result;

import engram.cl.metrics.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far apart two strategies end on the same seeds.
 *
 * @param strategy first strategy
 * @param other second strategy
 * @param difference final pooled accuracy of the first minus that of the second, percentage points
 */
public record PairedDifference(String strategy, String other, Estimate difference) {

  /**
   * Each pair of strategies that have a seed in common, in the order of their first runs. Runs that
   * did not come as far as others are left out: their last task is another.
   */
  public static List<PairedDifference> of(List<StrategyRun> runs) {
    int tasks = runs.stream().mapToInt(run -> run.matrix().tasks()).max().orElse(0);
    Map<String, SortedMap<Long, Double>> finals = new LinkedHashMap<>();
    for (StrategyRun run : runs) {
      if (run.matrix().tasks() == tasks) {
        finals
            .computeIfAbsent(run.strategy(), name -> new TreeMap<>())
            .put(run.seed(), 100 * run.matrix().pooled(tasks - 1));
      }
    }
    List<Map.Entry<String, SortedMap<Long, Double>>> strategies = List.copyOf(finals.entrySet());
    List<PairedDifference> pairs = new ArrayList<>();
    for (int a = 0; a < strategies.size(); a++) {
      for (int b = a + 1; b < strategies.size(); b++) {
        SortedMap<Long, Double> ours = new TreeMap<>(strategies.get(a).getValue());
        SortedMap<Long, Double> theirs = new TreeMap<>(strategies.get(b).getValue());
        ours.keySet().retainAll(theirs.keySet());
        theirs.keySet().retainAll(ours.keySet());
        if (!ours.isEmpty()) {
          pairs.add(
              new PairedDifference(
                  strategies.get(a).getKey(),
                  strategies.get(b).getKey(),
                  Estimate.ofPairedDifference(bySeed(ours), bySeed(theirs))));
        }
      }
    }
    return pairs;
  }

  private static double[] bySeed(SortedMap<Long, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
