package engram.tiles;

import static engram.tiles.Source.letter;
import static engram.tiles.Source.plus;
import static engram.tiles.Source.times;

import engram.tiles.TileTable.Kind;
import engram.tiles.TileTable.Line;
import engram.tiles.TileTable.Table;
import engram.tiles.TileTable.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the register tiles of {@link TileTable} as Java source: the sums of a tile must be local
 * variables, or they do not stay in registers, so each shape is a class of its own.
 *
 * <p>Run by the build, with the folder for the sources as the only argument. A file that already
 * says what it should is left alone, so that nothing is compiled again.
 */
final class MakeTiles {
  static final String PACKAGE = "engram.backend.vector.tile";

  private MakeTiles() {}

  /**
   * Writes all files below the folder {@code args[0]}, and deletes those of tiles no longer there.
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]).resolve(PACKAGE.replace('.', '/'));
    Map<String, String> files = files();
    Files.createDirectories(folder);
    try (Stream<Path> old = Files.list(folder)) {
      for (Path file : old.toList()) {
        if (!files.containsKey(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
    for (Map.Entry<String, String> entry : files.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      if (!Files.exists(file) || !Files.readString(file).equals(entry.getValue())) {
        Files.writeString(file, entry.getValue());
      }
    }
  }

  private static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    files.put("DotProductTile.java", DotProductTemplate.write(TileTable.DOT_PRODUCT_SIDE));
    files.put("FmaChains.java", FmaChainsTemplate.write(TileTable.FMA_CHAINS));
    for (Table table : TileTable.TABLES) {
      files.put(table.name() + ".java", table(table));
      for (Line line : table.lines()) {
        files.put(line.tile().name() + ".java", tile(line.tile()));
      }
    }
    return files;
  }

  /** The class that lists the tiles of a table with their shares. */
  private static String table(Table table) {
    Source s = new Source();
    s.line(
        """
        package %s;

        import java.util.List;

        /** Register tiles for %s. */
        """,
        PACKAGE, table.serves());
    s.block(
        "final class " + table.name(),
        () -> {
          s.line("static final List<Tiles.Rated<PatchTile>> PATCH =");
          list(s, table, Kind.PATCH);
          s.line("");
          s.line("static final List<Tiles.Rated<SlidingTile>> SLIDING =");
          list(s, table, Kind.SLIDING);
          s.line("");
          s.line("static final List<Tiles.Rated<WeightGradientTile>> WEIGHT_GRADIENT =");
          list(s, table, Kind.WEIGHT_GRADIENT);
          s.line("");
          s.line(
              "static final List<Tiles.Rated<PooledWeightGradientTile>> POOLED_WEIGHT_GRADIENT =");
          list(s, table, Kind.POOLED_WEIGHT_GRADIENT);
          s.line("");
          s.line("private %s() {}", table.name());
        });
    return s.toString();
  }

  private static void list(Source s, Table table, Kind kind) {
    s.line(
        table
            .of(kind)
            .map(
                line ->
                    "        new Tiles.Rated<>(new %s(), %d, %d)"
                        .formatted(line.tile().name(), line.share(), line.shortShare()))
            .collect(Collectors.joining(",\n", "    List.of(\n", ");")));
  }

  private static String tile(Tile tile) {
    Source s = new Source();
    s.line(
        """
        package %s;

        import static engram.backend.vector.run.Lanes.SPECIES;

        import engram.backend.vector.run.Lanes;
        import jdk.incubator.vector.FloatVector;

        /**
         * %s: %s.
         *
         * <p>%s
         *
         * <p>Written by the build from {@code TileTable}.
         */
        """,
        PACKAGE, shape(tile), counted(tile.rows() * tile.vectors(), "accumulator"), plan(tile));
    s.block(
        "final class %s implements %s".formatted(tile.name(), tile.kind().type),
        () -> {
          s.line("private static final int L = Lanes.COUNT;");
          s.line("");
          switch (tile.kind()) {
            case PATCH -> PatchTemplate.write(tile, s);
            case SLIDING -> SlidingTemplate.write(tile, s);
            case WEIGHT_GRADIENT -> WeightGradientTemplate.write(tile, s);
            case POOLED_WEIGHT_GRADIENT -> PooledWeightGradientTemplate.write(tile, s);
          }
        });
    return s.toString();
  }

  /** {@code 5 pixels x 2 vectors of output channels}. */
  private static String shape(Tile tile) {
    return counted(tile.rows(), tile.kind().row)
        + " x "
        + counted(tile.vectors(), tile.kind().vector);
  }

  /** What a step of the inner loop does. */
  private static String plan(Tile tile) {
    String products = counted(tile.rows() * tile.vectors(), "multiply-add");
    String vectors = counted(tile.vectors(), "load");
    String scalars = counted(tile.rows(), "broadcast");
    return switch (tile.kind()) {
      case PATCH ->
          "A term: %s of w and %s of x feed %s%s."
              .formatted(
                  vectors, scalars, products, tile.unroll() == 2 ? "; two terms a turn" : "");
      case SLIDING ->
          "A channel: %s of w and %s of x feed %s."
              .formatted(
                  counted(tile.vectors() * tile.unroll(), "load"),
                  counted(tile.rows() + tile.unroll() - 1, "broadcast"),
                  counted(tile.rows() * tile.vectors() * tile.unroll(), "multiply-add"));
      case WEIGHT_GRADIENT ->
          "A pixel: %s of w and %s of x feed %s.".formatted(vectors, scalars, products);
      case POOLED_WEIGHT_GRADIENT ->
          "A window: 1 broadcast of g and %s of x feed %s."
              .formatted(counted(tile.rows() * tile.vectors(), "load"), products);
    };
  }

  private static String counted(int n, String what) {
    if (n == 1) {
      return "1 " + what;
    }
    String plural = what.startsWith("vector") ? what.replaceFirst("vector", "vectors") : what + "s";
    return n + " " + plural;
  }

  /** The two methods that tell the size of a tile. */
  static void size(Tile tile, String rows, String columns, Source s) {
    s.line("@Override");
    s.block("public int " + rows + "()", () -> s.line("return %d;", tile.rows()));
    s.line("");
    s.line("@Override");
    s.block("public int " + columns + "()", () -> s.line("return %s;", times(tile.vectors(), "L")));
    s.line("");
  }

  /** The head of the method that computes a patch tile, sliding or not. */
  static void patchHead(Source s) {
    s.line(
        """
        @Override
        public void run(
            float[] x,
            int xAt,
            int[] pixels,
            int first,
            int xRow,
            int rows,
            int length,
            float[] w,
            int wAt,
            float[] y,
            int yAt,
            int yStep) {
        """);
  }

  /** The sums, zero at first: {@code a0a} is row 0, first vector. */
  static void zeros(Tile tile, Source s) {
    s.each(
        tile.rows(),
        row ->
            s.each(
                tile.vectors(),
                v -> s.line("FloatVector a%d%s = FloatVector.zero(SPECIES);", row, letter(v))));
  }

  /** Stores the sums over what y holds. */
  static void store(Tile tile, Source s) {
    s.each(
        tile.rows(),
        row ->
            s.each(
                tile.vectors(),
                v -> s.line("a%d%s.intoArray(y, %s);", row, letter(v), outputAt(row, v))));
  }

  /** Adds the sums to what y holds, or stores them over it. */
  static void accumulateOrStore(Tile tile, Source s) {
    s.block(
        "if (accumulate)",
        () -> {
          s.each(
              tile.rows(),
              row ->
                  s.each(
                      tile.vectors(),
                      v -> {
                        String at = outputAt(row, v);
                        s.chain(
                            "a%d%s.add(FloatVector.fromArray(SPECIES, y, %s))"
                                .formatted(row, letter(v), at),
                            ".intoArray(y, %s);".formatted(at));
                      }));
          s.line("return;");
        });
    store(tile, s);
  }

  private static String outputAt(int row, int vector) {
    return "yAt" + plus(row, "yStep") + plus(vector, "L");
  }
}
