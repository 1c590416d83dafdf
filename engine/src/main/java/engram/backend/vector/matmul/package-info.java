/**
 * Matrix products, row-major: {@link engram.backend.vector.matmul.MatrixProduct} chooses {@code
 * DotProduct} for a few rows and long sums, where nothing is packed, and {@code PanelProduct}, over
 * a {@link engram.backend.vector.tile.PatchTile}, for all others.
 */
package engram.backend.vector.matmul;
