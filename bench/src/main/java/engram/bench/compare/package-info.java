/**
 * {@code engram bench diff}: {@link engram.bench.compare.DiffCommand} sets two {@link
 * engram.bench.compare.BenchFolder}s side by side; {@link engram.bench.compare.Shift} says how far
 * apart they are and whether that is chance.
 */
package engram.bench.compare;
