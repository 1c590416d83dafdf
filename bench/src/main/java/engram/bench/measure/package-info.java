/**
 * What a machine can do and how long a step takes. {@link engram.bench.measure.Limits} are
 * measured, a {@link engram.bench.measure.Roof} follows from them, {@link
 * engram.bench.measure.StepClock} times a {@link engram.bench.measure.MeasuredStep}, which is fed
 * {@link engram.bench.measure.SampleImages}.
 */
package engram.bench.measure;
