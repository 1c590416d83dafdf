/**
 * Register tiles, the innermost loops: small blocks of sums that stay in vector registers from the
 * first term to the last.
 *
 * <p>There are three kinds: {@link engram.backend.vector.tile.PatchTile} (forward convolution, its
 * input gradient, matrix product), {@link engram.backend.vector.tile.WeightGradientTile} (weight
 * gradients, of linear layers, too) and {@link
 * engram.backend.vector.tile.PooledWeightGradientTile}. {@link engram.backend.vector.tile.Tiles}
 * picks one for a processor and a shape from the lists {@code Avx2Tiles} and {@code
 * Avx512AndNeonTiles}. Dot products have one tile for all, {@code DotProductTile}. {@link
 * engram.backend.vector.tile.Transposition} turns matrices over, square by square.
 *
 * <p>The tiles and the lists are written by the build into {@code target/generated-sources/tiles};
 * {@code src/tiles} holds the table with each tile's share of the peak, and a template for each
 * kind. {@link engram.backend.vector.tile.FmaPeak} measures that peak with {@code FmaChains}.
 */
package engram.backend.vector.tile;
