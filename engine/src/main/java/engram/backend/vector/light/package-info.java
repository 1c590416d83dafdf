/**
 * The ops that read and write memory more than they compute: a {@code ...Kernels} class for each
 * family (elementwise, rows, losses, pooling, reductions, layout, optimisers), with a method that
 * binds an op to its buffers; the families of {@code backend.opencl.ops} are the same.
 *
 * <p>They are plain loops, cut by {@link engram.backend.vector.run.Parallel} and turned into vector
 * code by the compiler, but for the few in {@link engram.backend.vector.light.Loops}. Sums are
 * taken by {@code RowSums}, {@code ColumnSums} and {@code Sums}, in a fixed order.
 */
package engram.backend.vector.light;
