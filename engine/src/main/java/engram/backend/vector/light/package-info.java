/**
 * The ops that read and write memory more than they compute: a {@code ...Kernels} class for each
 * family (elementwise, rows, softmax, losses, norms, pooling, reductions, layout, dropout,
 * optimisers), with a static method that binds an op to its buffers.
 *
 * <p>They are plain loops, cut by {@link engram.backend.vector.run.Parallel} and turned into vector
 * code by the compiler, but for the few in {@link engram.backend.vector.light.Loops}. Sums are
 * taken by {@code RowSums}, {@code ColumnSums} and {@code Sums}, in a fixed order; {@code
 * ChannelPattern} repeats one number a channel, so that a loop over few channels is long enough.
 */
package engram.backend.vector.light;
