/**
 * Dense compute kernels on {@code float[]} spans, for the vector backend.
 *
 * <p>A kernel object is one operation bound to its shape, its {@link HostBuffer}s and its {@link
 * Workers}; {@code run()} then computes and allocates nothing. Images are channels-last {@code [N,
 * H, W, C]}, convolution weights {@code [KH, KW, C, O]}, matrices row-major.
 *
 * <p><b>Same bits always.</b> For one vector width, a kernel's result does not depend on the number
 * of workers, on timing, or on whether the interpreter or a compiler runs it: every output is
 * summed in one fixed order, partial sums are cut by shape and not by thread, and only operations
 * that are exactly rounded (add, multiply, fma) or exact (maximum, compare, blend) are used. Lane
 * reductions and the transcendental vector functions are not, since their order and rounding are
 * unspecified.
 *
 * <p>The heavy loops are two register tiles: {@link PatchTile} (rows of x that are contiguous in
 * the summed index: convolution forward and input gradient) and {@link WeightGradientTile} (columns
 * of x that are contiguous in the output index: weight gradient, matrix product).
 */
package engram.backend.vector.run;
