/**
 * Matrix products, row-major. {@link engram.backend.vector.matmul.ProductCosts} estimates the ways
 * ({@link engram.backend.vector.matmul.ProductWay}) of a shape, and {@link
 * engram.backend.vector.matmul.MatrixProduct} binds the cheapest: {@code DotProduct}, where nothing
 * is packed, or {@code PanelProduct}, of one operand or the other.
 *
 * <p>A {@code PanelProduct} packs its right matrix ({@code Panels}) and reads its left one through
 * a {@code LeftTile}: row by row over a {@link engram.backend.vector.tile.PatchTile}, or, where it
 * is stored transposed, column by column over a {@link
 * engram.backend.vector.tile.WeightGradientTile}.
 */
package engram.backend.vector.matmul;
