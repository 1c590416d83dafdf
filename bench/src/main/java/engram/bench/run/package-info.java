/**
 * {@code engram run} and {@code engram replay}, on top of everything: {@link
 * engram.bench.run.RunCommand} opens data and device; {@link engram.bench.run.RunExecution} hangs
 * run folder, trackers and report on the events of an experiment, and keeps its states; {@link
 * engram.bench.run.FormerRun} is a run to go on with or to go back into.
 */
package engram.bench.run;
