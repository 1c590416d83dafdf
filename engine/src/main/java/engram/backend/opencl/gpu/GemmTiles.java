package engram.backend.opencl.gpu;

import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tile of each kind of product: what suits a narrow result or a small product is another. */
public record GemmTiles(Map<Use, GemmTile> tiles) {
  /** Multiply-adds from which on a product fills a large GPU with large tiles. */
  private static final long LARGE = 1L << 30;

  /**
   * What a tile is for.
   *
   * @param narrow up to 32 columns
   * @param large so many multiply-adds that all of a GPU is at work, whatever the tile
   */
  record Use(Gemm.Kind kind, boolean narrow, boolean large) {
    static final int NARROW = 32;

    /** The use of one product. */
    static Use of(Gemm.Kind kind, int m, int n, int k) {
      return new Use(kind, n <= NARROW, (long) m * n * k >= LARGE);
    }

    /** Every use, in the order of the text. */
    static Stream<Use> all() {
      return Stream.of(Gemm.Kind.values())
          .flatMap(
              kind ->
                  Stream.of(false, true)
                      .flatMap(
                          narrow ->
                              Stream.of(false, true).map(large -> new Use(kind, narrow, large))));
    }

    @Override
    public String toString() {
      return "%s %s %s"
          .formatted(
              kind.name().toLowerCase(Locale.ROOT),
              narrow ? "narrow" : "wide",
              large ? "large" : "small");
    }
  }

  public GemmTiles {
    tiles = Map.copyOf(tiles);
  }

  /** A tile for every use. */
  static GemmTiles of(Function<Use, GemmTile> chosen) {
    return new GemmTiles(Use.all().collect(Collectors.toMap(use -> use, chosen)));
  }

  /** The same tile for all. */
  public static GemmTiles all(GemmTile tile) {
    return of(_ -> tile);
  }

  /** Without measuring, middling ones; on a processor small ones, since it unrolls and compiles. */
  public static GemmTiles of(OpenClDevice device) {
    return all(
        device.type() == OpenClDevice.Type.CPU
            ? new GemmTile(8, 8, 4, 4, 4)
            : new GemmTile(64, 32, 16, 4, 4));
  }

  /** A line for each use, which {@link #parse} reads. */
  String text() {
    return Use.all().map(use -> use + ": " + tile(use).text() + "\n").collect(Collectors.joining());
  }

  /**
   * @throws IllegalArgumentException if a use is missing or has no tile
   */
  static GemmTiles parse(String text) {
    Map<String, GemmTile> tiles =
        text.lines()
            .map(line -> line.split(": ", 2))
            .filter(parts -> parts.length == 2)
            .collect(
                Collectors.toMap(
                    parts -> parts[0], parts -> GemmTile.parse(parts[1]), (_, last) -> last));
    return of(
        use ->
            Optional.ofNullable(tiles.get(use.toString()))
                .orElseThrow(() -> new IllegalArgumentException("no tile for " + use)));
  }

  GemmTile tile(Use use) {
    return Objects.requireNonNull(tiles.get(use), "there is a tile for every use");
  }

  /** Whether the device allows all of them. */
  boolean fit(OpenClDevice device) {
    return tiles.values().stream().allMatch(tile -> tile.fits(device));
  }

  /**
   * @throws OpenClException if the device does not allow one of them
   */
  public void requireFit(OpenClDevice device) {
    tiles.values().forEach(tile -> tile.requireFits(device));
  }
}
