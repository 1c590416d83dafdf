package engram.backend.vector.tile;

import engram.backend.vector.Arena;
import engram.backend.vector.Definitions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Checks every register tile of every table against plain loops, at the width of this process. */
public final class TileCases {
  private static final int X_ROW = 150;

  private TileCases() {}

  /** Registers of the table that this process uses: 16 or 32. */
  public static int registers() {
    return Tiles.REGISTERS;
  }

  /** Checks all tiles; lengths are odd and even, since some tiles take two terms at once. */
  public static void checkAll() {
    for (int length : new int[] {1, 2, 7, 16}) {
      tiles(Avx2Tiles.PATCH, Avx512AndNeonTiles.PATCH)
          .forEach(tile -> check(tile, offsets(tile.pixels() + 1), length));
      int channels = length;
      tiles(Avx2Tiles.SLIDING, Avx512AndNeonTiles.SLIDING)
          .forEach(tile -> check(tile, neighbours(tile, channels), channels * tile.taps()));
      for (boolean accumulate : new boolean[] {false, true}) {
        tiles(Avx2Tiles.WEIGHT_GRADIENT, Avx512AndNeonTiles.WEIGHT_GRADIENT)
            .forEach(tile -> check(tile, length, accumulate));
        tiles(Avx2Tiles.POOLED_WEIGHT_GRADIENT, Avx512AndNeonTiles.POOLED_WEIGHT_GRADIENT)
            .forEach(tile -> check(tile, length, accumulate));
      }
    }
  }

  private static <T> Stream<T> tiles(List<Tiles.Rated<T>> few, List<Tiles.Rated<T>> many) {
    return Stream.concat(few.stream(), many.stream()).map(Tiles.Rated::tile);
  }

  private static void check(PatchTile tile, int[] pixels, int length) {
    int rows = 3;
    float[] x = Arena.random(5 + rows * X_ROW + pixels[tile.pixels()] + length, 1);
    float[] w = Arena.random(3 + rows * length * tile.channels(), 2);
    Output y = new Output(tile.pixels(), tile.channels(), false);
    for (int p = 0; p < tile.pixels(); p++) {
      for (int row = 0; row < rows; row++) {
        for (int k = 0; k < length; k++) {
          float value = x[5 + pixels[p + 1] + row * X_ROW + k];
          y.add(p, value, w, 3 + (row * length + k) * tile.channels());
        }
      }
    }
    tile.run(x, 5, pixels, 1, X_ROW, rows, length, w, 3, y.received, 2, y.step);
    y.check(tile + ", " + length + " terms");
  }

  private static void check(WeightGradientTile tile, int count, boolean accumulate) {
    int[] pixels = offsets(count);
    float[] x = Arena.random(5 + pixels[count - 1] + tile.rows(), 1);
    float[] w = Arena.random(3 + count * tile.columns(), 2);
    Output y = new Output(tile.rows(), tile.columns(), accumulate);
    for (int r = 0; r < tile.rows(); r++) {
      for (int i = 0; i < count; i++) {
        y.add(r, x[5 + pixels[i] + r], w, 3 + i * tile.columns());
      }
    }
    tile.run(x, 5, pixels, count, w, 3, y.received, 2, y.step, accumulate);
    y.check(tile + ", " + count + " pixels");
  }

  private static void check(PooledWeightGradientTile tile, int count, boolean accumulate) {
    int step = 3;
    int[] at = offsets(1 + count * step);
    float[] x = Arena.random(5 + at[at.length - 1] + tile.rows() * X_ROW + tile.columns(), 1);
    float[] g = Arena.random(3 + count * step, 2);
    Output y = new Output(tile.rows(), tile.columns(), accumulate);
    for (int r = 0; r < tile.rows(); r++) {
      for (int i = 0; i < count; i++) {
        y.add(r, g[3 + i * step], x, 5 + at[1 + i * step] + r * X_ROW);
      }
    }
    tile.run(x, 5, X_ROW, at, 1, g, 3, step, count, y.received, 2, y.step, accumulate);
    y.check(tile + ", " + count + " windows");
  }

  /** Pixels that lie side by side, from the second on. */
  private static int[] neighbours(SlidingTile tile, int channels) {
    int[] pixels = new int[tile.pixels() + 1];
    Arrays.setAll(pixels, i -> 9 + i * channels);
    return pixels;
  }

  private static int[] offsets(int count) {
    int[] offsets = new int[count];
    Arrays.setAll(offsets, i -> i * 11 % 64);
    offsets[count - 1] = 64;
    return offsets;
  }

  /**
   * What a tile should write from index 2 on, in rows that lie apart, and the array it writes to.
   */
  private static final class Output {
    final int columns;
    final int step;
    final float[] before;
    final float[] received;
    final Definitions.Sums expected;

    Output(int rows, int columns, boolean accumulate) {
      this.columns = columns;
      step = columns + 3;
      before = Arena.random(2 + rows * step, 3);
      received = before.clone();
      expected = new Definitions.Sums(received.length);
      for (int i = 0; i < before.length; i++) {
        boolean written = i >= 2 && (i - 2) % step < columns;
        expected.add(i, before[i], accumulate || !written ? 1 : 0);
      }
    }

    void add(int row, float factor, float[] vector, int at) {
      for (int c = 0; c < columns; c++) {
        expected.add(2 + row * step + c, factor, vector[at + c]);
      }
    }

    void check(String what) {
      expected.check(what, received);
    }
  }
}
