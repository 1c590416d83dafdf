/**
 * Two ladders from the definition to what the engine does, a rung a file: {@code MatMul1Plain} to
 * {@code MatMul4Fused} and {@code Conv1Plain} to {@code Conv4Fused}; {@link
 * engram.bench.ladder.OpenClLadder} climbs the first of them in OpenCL C. {@link
 * engram.bench.ladder.Ladder} checks and times them; {@code bench/LADDER.md} walks through them.
 */
package engram.bench.ladder;
