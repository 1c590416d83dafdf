package engram.tiles;

import static engram.tiles.Source.letter;
import static engram.tiles.Source.plus;
import static engram.tiles.Source.times;

import engram.tiles.TileTable.Tile;

/**
 * A patch tile. A step of k loads the weights of one term, one vector after the other; each pixel
 * then broadcasts its value and multiplies it with all of them.
 */
final class PatchTemplate {
  private PatchTemplate() {}

  static void write(Tile tile, Source s) {
    MakeTiles.size(tile, "pixels", "channels", s);
    MakeTiles.patchHead(s);
    s.indented(
        () -> {
          MakeTiles.zeros(tile, s);
          s.each(
              tile.rows(),
              p -> s.line("int at%d = xAt + pixels[first%s];", p, p == 0 ? "" : " + " + p));
          s.block("for (int row = 0; row < rows; row++)", () -> row(tile, s));
          MakeTiles.store(tile, s);
        });
    s.line("}");
  }

  /** One row of the patches, and the move to the next. */
  private static void row(Tile tile, Source s) {
    if (tile.unroll() == 1) {
      s.block("for (int k = 0; k < length; k++)", () -> lastStep(tile, s));
    } else {
      s.line("int k = 0;");
      s.block("for (; k < length - 1; k += 2)", () -> twoSteps(tile, s));
      s.block("if (k < length)", () -> lastStep(tile, s));
    }
    s.line("wAt += length * %s;", times(tile.vectors(), "L"));
    s.each(tile.rows(), p -> s.line("at%d += xRow;", p));
  }

  private static void lastStep(Tile tile, Source s) {
    weightsAt(tile, s);
    step(tile, 0, "", "", s);
  }

  private static void twoSteps(Tile tile, Source s) {
    weightsAt(tile, s);
    step(tile, 0, "0", "a", s);
    step(tile, 1, "1", "b", s);
  }

  private static void weightsAt(Tile tile, Source s) {
    s.line("int wk = wAt + k * %s;", times(tile.vectors(), "L"));
  }

  /** Term {@code k + number}; the names of its weights and inputs end in what sets them apart. */
  private static void step(Tile tile, int number, String wEnd, String xEnd, Source s) {
    s.each(
        tile.vectors(),
        v ->
            s.line(
                "FloatVector w%s%s = FloatVector.fromArray(SPECIES, w, wk%s);",
                letter(v), wEnd, plus(number * tile.vectors() + v, "L")));
    s.each(
        tile.rows(),
        p -> {
          s.line(
              "FloatVector x%d%s = FloatVector.broadcast(SPECIES, x[at%d + k%s]);",
              p, xEnd, p, number == 0 ? "" : " + " + number);
          s.each(
              tile.vectors(),
              v ->
                  s.line(
                      "a%1$d%2$s = x%1$d%3$s.fma(w%2$s%4$s, a%1$d%2$s);",
                      p, letter(v), xEnd, wEnd));
        });
  }
}
