package engram.tiles;

import static engram.tiles.Source.letter;
import static engram.tiles.Source.plus;
import static engram.tiles.Source.times;

import engram.tiles.TileTable.Tile;

/**
 * A weight gradient tile. A step is one pixel: it loads the output gradients of its channels, and
 * each row broadcasts its input and multiplies it with all of them.
 */
final class WeightGradientTemplate {
  private WeightGradientTemplate() {}

  static void write(Tile tile, Source s) {
    MakeTiles.size(tile, "rows", "columns", s);
    s.line(
        """
        @Override
        public void run(
            float[] x,
            int xAt,
            int[] pixels,
            int count,
            float[] w,
            int wAt,
            float[] y,
            int yAt,
            int yStep,
            boolean accumulate) {
        """);
    s.indented(
        () -> {
          MakeTiles.zeros(tile, s);
          s.block("for (int i = 0; i < count; i++)", () -> pixel(tile, s));
          MakeTiles.accumulateOrStore(tile, s);
        });
    s.line("}");
  }

  private static void pixel(Tile tile, Source s) {
    s.line("int at = xAt + pixels[i];");
    s.line("int from = wAt + i * %s;", times(tile.vectors(), "L"));
    s.each(
        tile.vectors(),
        v ->
            s.line(
                "FloatVector w%s = FloatVector.fromArray(SPECIES, w, from%s);",
                letter(v), plus(v, "L")));
    s.each(
        tile.rows(),
        r -> {
          s.line(
              "FloatVector x%d = FloatVector.broadcast(SPECIES, x[at%s]);",
              r, r == 0 ? "" : " + " + r);
          s.each(
              tile.vectors(),
              v -> s.line("a%1$d%2$s = x%1$d.fma(w%2$s, a%1$d%2$s);", r, letter(v)));
        });
  }
}
