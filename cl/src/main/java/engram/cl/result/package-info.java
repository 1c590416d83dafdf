/**
 * What a run yields. A {@link engram.cl.result.TaskResult} after each task; a {@link
 * engram.cl.result.StrategyRun} for each strategy and seed; over seeds a {@link
 * engram.cl.result.StrategySummary} for each strategy and a {@link
 * engram.cl.result.PairedDifference} for each two. Nothing here trains, so that whoever reads
 * results from files needs nothing that does.
 */
package engram.cl.result;
