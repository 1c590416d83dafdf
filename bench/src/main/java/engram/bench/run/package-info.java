/**
 * {@code engram run}, on top of everything: {@link engram.bench.run.RunCommand} opens data and
 * device, and hangs screen, run folder, trackers and report on the events of an experiment.
 */
package engram.bench.run;
