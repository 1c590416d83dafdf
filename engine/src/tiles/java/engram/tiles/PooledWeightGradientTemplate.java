package engram.tiles;

import static engram.tiles.Source.letter;
import static engram.tiles.Source.plus;

import engram.tiles.TileTable.Tile;

/**
 * A tile of the weight gradient behind a pooling. A step is one window: it broadcasts the gradient
 * of its maximum, and multiplies it with the patch of that pixel, row by row of the kernel.
 */
final class PooledWeightGradientTemplate {
  private PooledWeightGradientTemplate() {}

  static void write(Tile tile, Source s) {
    MakeTiles.size(tile, "rows", "columns", s);
    s.line(
        """
        @Override
        public void run(
            float[] x,
            int xAt,
            int xRow,
            int[] at,
            int first,
            float[] g,
            int gAt,
            int step,
            int count,
            float[] y,
            int yAt,
            int yStep,
            boolean accumulate) {
        """);
    s.indented(
        () -> {
          MakeTiles.zeros(tile, s);
          s.block("for (int i = 0; i < count; i++)", () -> window(tile, s));
          MakeTiles.accumulateOrStore(tile, s);
        });
    s.line("}");
  }

  private static void window(Tile tile, Source s) {
    s.line("FloatVector d = FloatVector.broadcast(SPECIES, g[gAt + i * step]);");
    s.line("int x0 = xAt + at[first + i * step];");
    s.each(tile.rows() - 1, r -> s.line("int x%d = x%d + xRow;", r + 1, r));
    s.each(
        tile.rows(),
        r ->
            s.each(
                tile.vectors(),
                v ->
                    s.line(
                        "a%1$d%2$s = d.fma(FloatVector.fromArray(SPECIES, x, x%1$d%3$s),"
                            + " a%1$d%2$s);",
                        r, letter(v), plus(v, "L"))));
  }
}
