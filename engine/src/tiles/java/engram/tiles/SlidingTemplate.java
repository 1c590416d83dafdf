package engram.tiles;

import static engram.tiles.Source.letter;
import static engram.tiles.Source.plus;
import static engram.tiles.Source.times;

import engram.tiles.TileTable.Tile;

/**
 * A sliding tile. A step is one input channel: the weights of a row of the kernel are loaded, and
 * each input of the row that the pixels see is broadcast once, for all pixels and columns of the
 * kernel that meet it.
 */
final class SlidingTemplate {
  private SlidingTemplate() {}

  static void write(Tile tile, Source s) {
    MakeTiles.size(tile, "pixels", "channels", s);
    s.line("@Override");
    s.block("public int taps()", () -> s.line("return %d;", tile.unroll()));
    s.line("");
    MakeTiles.patchHead(s);
    s.indented(
        () -> {
          MakeTiles.zeros(tile, s);
          s.line("int c = length / %d;", tile.unroll());
          s.line("int at0 = xAt + pixels[first];");
          for (int u = 1; u < inputs(tile); u++) {
            s.line("int at%d = at%d + c;", u, u - 1);
          }
          s.block("for (int row = 0; row < rows; row++)", () -> row(tile, s));
          MakeTiles.store(tile, s);
        });
    s.line("}");
  }

  /** Inputs of a row under the patches of all pixels. */
  private static int inputs(Tile tile) {
    return tile.rows() + tile.unroll() - 1;
  }

  private static void row(Tile tile, Source s) {
    s.block("for (int k = 0; k < c; k++)", () -> channel(tile, s));
    s.line("wAt += length * %s;", times(tile.vectors(), "L"));
    s.each(inputs(tile), u -> s.line("at%d += xRow;", u));
  }

  private static void channel(Tile tile, Source s) {
    s.each(
        tile.unroll(),
        tap -> {
          String k = tap == 0 ? "k" : "(%sc + k)".formatted(tap == 1 ? "" : tap + " * ");
          s.line("int w%d = wAt + %s * %s;", tap, k, times(tile.vectors(), "L"));
          s.each(
              tile.vectors(),
              v ->
                  s.line(
                      "FloatVector w%d%s = FloatVector.fromArray(SPECIES, w, w%d%s);",
                      tap, letter(v), tap, plus(v, "L")));
        });
    s.each(inputs(tile), u -> input(tile, u, s));
  }

  /** One input, with each pixel that it lies under. */
  private static void input(Tile tile, int u, Source s) {
    s.line("FloatVector x%1$d = FloatVector.broadcast(SPECIES, x[at%1$d + k]);", u);
    for (int tap = Math.max(0, u - tile.rows() + 1); tap <= Math.min(u, tile.unroll() - 1); tap++) {
      int pixel = u - tap;
      int column = tap;
      s.each(
          tile.vectors(),
          v -> s.line("a%1$d%2$s = x%3$d.fma(w%4$d%2$s, a%1$d%2$s);", pixel, letter(v), u, column));
    }
  }
}
