/**
 * {@code engram devices --simd}: does this Java runtime make vector instructions of our loops?
 * {@link engram.bench.simd.SimdReport} holds what {@code VectorLoop} and {@code PlainLoop} reach
 * against the peak that {@link engram.bench.simd.SimdPeak} measures in a runtime of the right
 * flags; {@link engram.bench.simd.JavaFlags} says which compiler is at work.
 */
package engram.bench.simd;
