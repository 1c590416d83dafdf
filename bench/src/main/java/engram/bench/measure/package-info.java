/**
 * What a machine can do and how long a step takes. {@link engram.bench.measure.Limits} are
 * measured, a {@link engram.bench.measure.Roof} follows from them, {@link
 * engram.bench.measure.StepClock} times {@link engram.bench.measure.ReferenceStep}.
 */
package engram.bench.measure;
