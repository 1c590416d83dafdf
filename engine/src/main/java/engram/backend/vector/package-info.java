/**
 * The backend that runs on the processor's vector units, on several threads.
 *
 * <pre>
 * run      threads, vector width, scratch memory, buffers       uses nothing
 * tile     sums that stay in registers, written by the build    uses run
 * matmul   matrix products                                      uses run, tile
 * conv     convolutions and their gradients                     uses run, tile
 * norm     batch normalisation with what is fused to it         uses run
 * light    everything else: one pass over memory or few         uses run, norm
 * (here)   which kernel serves which op                         uses all of them
 * </pre>
 *
 * <p>How one convolution runs, {@code FusedConv2d} with bias, leaky ReLU and pooling:
 *
 * <ol>
 *   <li>{@link engram.backend.vector.VectorBackend#bind} finds the op in its switch and hands it to
 *       {@code VectorKernels.bind} ({@code PlainKernels} without the Vector API), which makes a
 *       {@code ConvShape} and an {@code Epilogue} of it.
 *   <li>{@code Conv2dForward} is built: a {@code PlainSource} says where the images lie and a
 *       {@code PaddedImage} how they get their halo, a {@code PatchStore} where the results go, and
 *       {@code ConvolutionSum.of} picks the way to sum: {@code WinogradSum} for 3 x 3, {@code
 *       PatchSum} over a {@code StripSource} for few channels, else {@code PatchSum} as it is. The
 *       sum asks {@code Tiles} for its register tile, a sliding one if the output channels are a
 *       vector or two, and {@code Scratch} for memory.
 *   <li>At each {@code run()}, {@code Workers} pack the weights ({@code Conv2dForward.packTap})
 *       into shared scratch.
 *   <li>Then each task is a band of output rows: {@code PlainSource.fill} copies its input rows
 *       with their halo into the worker's scratch, {@code PatchSum.sum} runs the tile, such as
 *       {@code PatchTile12x2}, over pixels and blocks of channels, and
 *   <li>{@code PatchStore.store} takes the maxima of the sums, adds the bias, applies the ReLU and
 *       stores the output and the argmax: the last store.
 * </ol>
 *
 * <p>The convolution's weight gradient for AVX2 is {@code conv.Conv2dWeightGradient} with {@code
 * tile.WeightGradientTile5x2}, which {@code tile.Avx2Tiles} lists; behind a pooling it is {@code
 * conv.PooledWeightGradient}, for 3 x 3 {@code conv.WinogradWeightGradient}.
 *
 * <p><b>Same bits always.</b> For one vector width, a kernel's result does not depend on the number
 * of workers, on timing, or on whether the interpreter or a compiler runs it: every output is
 * summed in one fixed order, partial sums are cut by shape and not by thread, and only operations
 * that are exactly rounded (add, multiply, fma, divide, square root) or exact (maximum, compare,
 * blend) are used. Lane reductions and the transcendental vector functions are not, since their
 * order and rounding are unspecified.
 */
package engram.backend.vector;
