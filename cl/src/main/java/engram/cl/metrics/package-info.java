/**
 * Figures, and how they are computed: {@link engram.cl.metrics.Confusion} counts answers by label,
 * {@link engram.cl.metrics.TestAnswers} by task, too, {@link engram.cl.metrics.AccuracyMatrix} has
 * the accuracy on each task after each task, {@link engram.cl.metrics.IncrementalMetrics} says what
 * that means for forgetting and learning, {@link engram.cl.metrics.Estimate} is a mean over seeds
 * with its 95 % interval.
 */
package engram.cl.metrics;
