/**
 * Convolutions and their gradients. Images are channels-last {@code [n, h, w, c]}, weights {@code
 * [kh, kw, c, o]}; {@link engram.backend.vector.conv.ConvShape} holds the sizes.
 *
 * <pre>
 * y    Conv2dForward           sums patches, Epilogue at the end
 * dx   Conv2dInputGradient     the same with turned weights, over gradients with their halo
 *      ScatterInputGradient    the same behind 2 x 2 pooling, from its maxima alone
 * dw   Conv2dWeightGradient    outer products of x and dy
 *      WinogradWeightGradient  the same for 3 x 3 and whole vectors of channels
 *      PooledWeightGradient    the same behind 2 x 2 pooling, where most of dy is zero
 * </pre>
 *
 * <p>Which {@link engram.backend.vector.conv.ConvAlgorithm} serves a shape is decided by the table
 * of {@link engram.backend.vector.conv.ConvCosts}, from the shape and the vector width alone.
 *
 * <p>{@code Conv2dForward} and {@code Conv2dInputGradient} are a {@code ConvolutionSum}, of which
 * there are three: {@code PatchSum}, as it is defined, {@code PhaseSum}, several of those for a
 * strided input gradient, and {@code WinogradSum}. It reads images through a {@code HaloSource} (as
 * they lie, behind a pooling, or woven into strips), laid out by a {@code PaddedImage}, and weights
 * through {@code PatchWeights}; it writes through a {@code SumStore}.
 */
package engram.backend.vector.conv;
