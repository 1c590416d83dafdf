package engram.cl.result;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import engram.cl.metrics.AccuracyMatrix;
import engram.cl.metrics.Estimate;
import engram.cl.metrics.IncrementalMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One strategy over all its seeds, as far as every seed has come: each figure a mean with its 95 %
 * interval, in percent.
 *
 * @param strategy name of the strategy
 * @param accuracy pooled accuracy after each task
 * @param average average incremental accuracy (AIA): mean of the pooled accuracy over tasks
 * @param forgetting as Chaudhry et al. 2018; empty for one task
 * @param backwardTransfer empty for one task
 * @param taskAware pooled accuracy after the last task with the task of each image told, so that
 *     only its classes are compared
 * @param intransigence mean over tasks t of joint training's accuracy on t minus this strategy's,
 *     both just after t was learnt; empty where no seed has a joint run
 * @param seconds wall seconds of training
 * @param memory what the rehearsal memory of the last run held; empty for a strategy without one
 */
public record StrategySummary(
    String strategy,
    List<Estimate> accuracy,
    Estimate average,
    Optional<Estimate> forgetting,
    Optional<Estimate> backwardTransfer,
    Estimate taskAware,
    Optional<Estimate> intransigence,
    Estimate seconds,
    Optional<StrategyRun.MemoryUse> memory) {

  private static final String JOINT = "joint";

  public StrategySummary {
    accuracy = List.copyOf(accuracy);
  }

  /** A summary of each strategy, in the order of their first runs. */
  public static List<StrategySummary> of(List<StrategyRun> runs) {
    Map<String, List<StrategyRun>> byStrategy =
        runs.stream().collect(groupingBy(StrategyRun::strategy, LinkedHashMap::new, toList()));
    List<StrategyRun> joint = byStrategy.getOrDefault(JOINT, List.of());
    return byStrategy.values().stream().map(seeds -> ofSeeds(seeds, joint)).toList();
  }

  /** Forgetting, but empty for joint training, which starts anew and has nothing to forget. */
  public Optional<Estimate> forgettingIfKept() {
    return strategy.equals(JOINT) ? Optional.empty() : forgetting;
  }

  /** Accuracy after the last task. */
  public Estimate finalAccuracy() {
    return accuracy.getLast();
  }

  private static StrategySummary ofSeeds(List<StrategyRun> seeds, List<StrategyRun> joint) {
    int done = seeds.stream().mapToInt(run -> run.matrix().tasks()).min().orElseThrow();
    List<AccuracyMatrix> matrices =
        seeds.stream().map(run -> run.matrix().firstTasks(done)).toList();
    return new StrategySummary(
        seeds.getFirst().strategy(),
        IntStream.range(0, done).mapToObj(t -> percent(matrices, a -> a.pooled(t))).toList(),
        percent(matrices, a -> IncrementalMetrics.averageIncremental(a.pooled())),
        percentIfDefined(matrices, IncrementalMetrics::forgetting),
        percentIfDefined(matrices, IncrementalMetrics::backwardTransfer),
        percent(
            seeds.stream().map(run -> run.taskAware().firstTasks(done)).toList(),
            a -> a.pooled(done - 1)),
        intransigence(seeds, joint, done),
        Estimate.of(seeds.stream().mapToDouble(run -> run.seconds(done)).toArray()),
        seeds.getLast().memory());
  }

  /** Over the seeds that both have, as far as both have come; joint training itself has none. */
  private static Optional<Estimate> intransigence(
      List<StrategyRun> seeds, List<StrategyRun> joint, int done) {
    if (seeds.equals(joint)) {
      return Optional.empty();
    }
    DoubleStream.Builder means = DoubleStream.builder();
    for (StrategyRun run : seeds) {
      for (StrategyRun upper : joint) {
        if (upper.seed() == run.seed() && upper.matrix().tasks() >= done) {
          double[] each =
              IncrementalMetrics.intransigence(
                  run.matrix().firstTasks(done), upper.matrix().firstTasks(done));
          means.add(100 * DoubleStream.of(each).average().orElseThrow());
        }
      }
    }
    double[] values = means.build().toArray();
    return values.length == 0 ? Optional.empty() : Optional.of(Estimate.of(values));
  }

  private static Estimate percent(
      List<AccuracyMatrix> seeds, ToDoubleFunction<AccuracyMatrix> metric) {
    return Estimate.of(seeds.stream().mapToDouble(a -> 100 * metric.applyAsDouble(a)).toArray());
  }

  /** Whether a metric is defined depends on the number of tasks alone: all seeds agree. */
  private static Optional<Estimate> percentIfDefined(
      List<AccuracyMatrix> seeds, Function<AccuracyMatrix, OptionalDouble> metric) {
    double[] defined =
        seeds.stream()
            .map(metric)
            .flatMapToDouble(OptionalDouble::stream)
            .map(v -> 100 * v)
            .toArray();
    return defined.length == 0 ? Optional.empty() : Optional.of(Estimate.of(defined));
  }
}
