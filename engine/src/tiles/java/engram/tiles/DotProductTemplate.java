package engram.tiles;

import static engram.tiles.Source.letter;
import static engram.tiles.Source.plus;

/**
 * The tile of dot products: some rows of x with as many rows of y, each pair with a sum of its own.
 * A step loads a vector of every row, and multiplies each of x with each of y.
 */
final class DotProductTemplate {
  private DotProductTemplate() {}

  /**
   * The source of the tile.
   *
   * @param side rows of x, and rows of y
   */
  static String write(int side) {
    Source s = new Source();
    s.line(
        """
        package %s;

        import static engram.backend.vector.run.Lanes.SPECIES;

        import engram.backend.vector.run.Lanes;
        import jdk.incubator.vector.FloatVector;

        /**
         * Dot products of %d rows with %2$d rows, vectors along the sum.
         *
         * <p>Written by the build from {@code DotProductTemplate}.
         */
        """,
        MakeTiles.PACKAGE, side);
    s.block(
        "public final class DotProductTile",
        () -> {
          s.line(
              """
              /** Rows of x, and rows of y, in one tile. */
              public static final int SIDE = %d;

              private static final int L = Lanes.COUNT;

              private DotProductTile() {}

              /**
               * Adds terms {@code from} to {@code to - 1}, whole vectors, to the sums of a tile, which start at
               * zero where {@code from} is 0.
               *
               * @param xAt start of x, {@code [xRows, length]}
               * @param row first row of x; past the end the last one stands in
               * @param yAt start of y, {@code [yRows, length]}
               * @param column first row of y; past the end the last one stands in
               * @param sums {@code [SIDE, SIDE, lanes]} from {@code at} on
               */
              public static void run(
                  float[] x,
                  int xAt,
                  int row,
                  int xRows,
                  float[] y,
                  int yAt,
                  int column,
                  int yRows,
                  int length,
                  int from,
                  int to,
                  float[] sums,
                  int at) {
              """,
              side);
          s.indented(() -> body(side, s));
          s.line("}");
        });
    return s.toString();
  }

  private static void body(int side, Source s) {
    s.each(side, i -> s.line("int x%d = xAt + Math.min(row%s, xRows - 1) * length;", i, offset(i)));
    s.each(
        side, i -> s.line("int y%d = yAt + Math.min(column%s, yRows - 1) * length;", i, offset(i)));
    pairs(side, s, "FloatVector a%1$d%2$s = FloatVector.zero(SPECIES);");
    s.block(
        "if (from > 0)",
        () -> pairs(side, s, "a%1$d%2$s = FloatVector.fromArray(SPECIES, sums, at%3$s);"));
    s.block(
        "for (int i = from; i < to; i += L)",
        () -> {
          s.each(
              side,
              j ->
                  s.line(
                      "FloatVector y%s = FloatVector.fromArray(SPECIES, y, y%d + i);",
                      letter(j), j));
          s.each(
              side,
              i -> {
                s.line("FloatVector v%d = FloatVector.fromArray(SPECIES, x, x%1$d + i);", i);
                s.each(side, j -> s.line("a%1$d%2$s = v%1$d.fma(y%2$s, a%1$d%2$s);", i, letter(j)));
              });
        });
    pairs(side, s, "a%1$d%2$s.intoArray(sums, at%3$s);");
  }

  /** A line for each sum: row of x, row of y, and where the sum is kept. */
  private static void pairs(int side, Source s, String format) {
    s.each(side, i -> s.each(side, j -> s.line(format, i, letter(j), plus(i * side + j, "L"))));
  }

  private static String offset(int i) {
    return i == 0 ? "" : " + " + i;
  }
}
