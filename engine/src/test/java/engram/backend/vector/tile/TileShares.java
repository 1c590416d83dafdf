package engram.backend.vector.tile;

import engram.backend.vector.Arena;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prints each register tile's share of the multiply-add peak, in percent, for {@code TileTable}:
 * the best of many short rounds, in which peak and tiles take turns, on one thread. The tables of
 * both numbers of registers are measured at the width of this process (see {@link
 * Lanes#BITS_PROPERTY}).
 *
 * <p>Sums are those of a patch of 64 terms and of 16, of 64 pixels, and of 64 windows. Operands lie
 * on cache lines, in the first two caches.
 */
final class TileShares {
  private static final int ROUNDS = Integer.getInteger("rounds", 300);
  private static final int PIXELS = 64;
  private static final int STEP = 32;

  /** One large array, as in a team's scratch, and cache lines of it at which the operands begin. */
  private static final float[] WORK = Arena.random(1 << 20, 1);

  private static final int X = 12;
  private static final int W = X + (1 << 14);
  private static final int Y = W + (1 << 16);

  private TileShares() {}

  /** One tile and one length of sum. */
  private static final class Measured {
    final String name;
    final long flops;
    final Runnable run;
    long nanos = Long.MAX_VALUE;

    Measured(String name, long flops, Runnable run) {
      this.name = name;
      this.flops = flops;
      this.run = run;
    }

    void round() {
      int calls = (int) Math.max(1, 4_000_000 / flops);
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        run.run();
      }
      nanos = Math.min(nanos, (System.nanoTime() - start) / calls);
    }
  }

  public static void main(String[] args) {
    List<Measured> all = new ArrayList<>();
    addTiles(all, "16", Avx2Tiles.PATCH, Avx2Tiles.SLIDING, Avx2Tiles.WEIGHT_GRADIENT);
    Avx2Tiles.POOLED_WEIGHT_GRADIENT.forEach(t -> all.add(pooledWeightGradient("16", t.tile())));
    addTiles(
        all,
        "32",
        Avx512AndNeonTiles.PATCH,
        Avx512AndNeonTiles.SLIDING,
        Avx512AndNeonTiles.WEIGHT_GRADIENT);
    Avx512AndNeonTiles.POOLED_WEIGHT_GRADIENT.forEach(
        t -> all.add(pooledWeightGradient("32", t.tile())));
    try (Workers alone = new Workers(1)) {
      FmaPeak peak = new FmaPeak(alone);
      peak.measure(300);
      double best = 0;
      for (int round = 0; round < ROUNDS; round++) {
        best = Math.max(best, peak.measure(3));
        all.forEach(Measured::round);
      }
      System.out.printf("%d bits, peak %.1f GFLOP/s%n", Lanes.bits(), best);
      for (Measured m : all) {
        System.out.printf("%3.0f  %s%n", 100.0 * m.flops / m.nanos / best, m.name);
      }
    }
  }

  private static void addTiles(
      List<Measured> all,
      String registers,
      List<Tiles.Rated<PatchTile>> patches,
      List<Tiles.Rated<SlidingTile>> sliding,
      List<Tiles.Rated<WeightGradientTile>> weightGradients) {
    for (Tiles.Rated<PatchTile> patch : patches) {
      all.add(patch(registers, patch.tile(), 64));
      all.add(patch(registers, patch.tile(), 16));
    }
    for (Tiles.Rated<SlidingTile> tile : sliding) {
      all.add(sliding(registers, tile.tile(), 32));
      all.add(sliding(registers, tile.tile(), 8));
    }
    weightGradients.forEach(t -> all.add(weightGradient(registers, t.tile())));
  }

  private static String name(String registers, Object tile, String sum) {
    return "%s registers, %s, %s".formatted(registers, tile.getClass().getSimpleName(), sum);
  }

  private static Measured patch(String registers, PatchTile tile, int length) {
    int[] pixels = offsets(tile.pixels());
    int outputs = tile.pixels() * tile.channels();
    return new Measured(
        name(registers, tile, length + " terms"),
        2L * length * outputs,
        () -> tile.run(WORK, X, pixels, 0, 0, 1, length, WORK, W, WORK, Y, tile.channels()));
  }

  private static Measured sliding(String registers, SlidingTile tile, int inputs) {
    int length = tile.taps() * inputs;
    int[] first = {0};
    return new Measured(
        name(registers, tile, inputs + " channels, three rows"),
        2L * 3 * length * tile.pixels() * tile.channels(),
        () -> tile.run(WORK, X, first, 0, 2048, 3, length, WORK, W, WORK, Y, tile.channels()));
  }

  private static Measured weightGradient(String registers, WeightGradientTile tile) {
    int[] pixels = offsets(PIXELS);
    return new Measured(
        name(registers, tile, PIXELS + " pixels"),
        2L * PIXELS * tile.rows() * tile.columns(),
        () -> tile.run(WORK, X, pixels, PIXELS, WORK, W, WORK, Y, tile.columns(), false));
  }

  private static Measured pooledWeightGradient(String registers, PooledWeightGradientTile tile) {
    int[] at = new int[PIXELS * STEP];
    Arrays.setAll(at, i -> i / STEP * STEP);
    return new Measured(
        name(registers, tile, PIXELS + " windows"),
        2L * PIXELS * tile.rows() * tile.columns(),
        () ->
            tile.run(WORK, X, 1024, at, 0, WORK, W, STEP, PIXELS, WORK, Y, tile.columns(), false));
  }

  private static int[] offsets(int count) {
    int[] offsets = new int[count];
    Arrays.setAll(offsets, i -> i * STEP);
    return offsets;
  }
}
