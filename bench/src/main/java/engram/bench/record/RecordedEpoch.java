package engram.bench.record;

import java.util.Map;

/**
 * An epoch of one strategy with one seed, as {@code metrics.csv} has it.
 *
 * @param task from 0
 * @param epoch of the task, from 0
 * @param losses mean of each term of the loss over the epoch, by its name
 */
public record RecordedEpoch(
    String strategy, long seed, int task, int epoch, Map<String, Double> losses) {}
