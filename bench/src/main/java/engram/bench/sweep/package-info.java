/**
 * Many runs, here or on many machines. A {@link engram.bench.sweep.SweepPlan} is a text; its {@link
 * engram.bench.sweep.SweepUnit}s are named by what decides their results. A {@link
 * engram.bench.sweep.SweepFolder} says how far each is, with a lock for each so that processes on a
 * shared disk never run one twice. A {@link engram.bench.sweep.UnitRunner} carries one out: {@link
 * engram.bench.sweep.RunUnits} as {@code engram run} would, wherever it is called. {@code Sweep}
 * runs units in this process; {@code JobFile} has others do so.
 */
package engram.bench.sweep;
