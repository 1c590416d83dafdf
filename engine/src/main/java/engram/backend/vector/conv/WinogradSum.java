package engram.backend.vector.conv;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.PatchTile;
import engram.backend.vector.tile.Tiles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Sums over 3 x 3 patches by Winograd's minimal filtering F(2 x 2, 3 x 3): 16 products give four
 * outputs that take 36 otherwise (Lavin and Gray 2016, section 4.1).
 *
 * <pre>
 *   Y = A' [ (G g G') * (B' d B) ] A      d: 4 x 4 inputs, g: 3 x 3 weights, Y: 2 x 2 outputs
 * </pre>
 *
 * <p>The products over all channels are 16 matrix products, one for each position in the 4 x 4
 * grid: {@code [tiles, c] [c, o]}. Inputs are added up before they are multiplied, so an infinite
 * input makes all four outputs of its tiles NaN, and rounding errors are a little larger than those
 * of the plain sum.
 *
 * <p>A task is some images, or some rows of one image.
 */
final class WinogradSum implements ConvolutionSum {
  /** Positions in the transformed grid. */
  private static final int GRID = 16;

  /** Floats of transformed inputs that a task holds: most of a second-level cache. */
  private static final int BAND_FLOATS = 48 * 1024;

  /** Tiles that make it worth reading the transformed weights: a band has as many if it can. */
  static final int BAND_TILES = 64;

  /** Input channels whose weights are transformed at once. */
  private static final int CHUNK = 16;

  /** Smaller images are mostly halo, and the plain sum leaves the halo's zeros exact. */
  private static final int LEAST_SIDE = 4;

  private static final int L = Lanes.COUNT;

  private final Geometry at;
  private final HaloSource source;
  private final PatchWeights weights;
  private final SumStore store;
  private final Workers workers;
  private final Scratch scratch;
  private final PatchTile tile;
  private final int depth;
  private final int channels;
  private final int tileColumns;
  private final int bandTileRows;
  private final int bandImages;
  private final int bands;
  private final int inputLength;
  private final int planeLength;
  private final int transformedAt;
  private final int productsAt;
  private final int sumsAt;
  private final int[] offsets;
  private final int blockGroups;
  private final Workers.Task transform = this::transformWeights;
  private final Workers.Task band = this::computeBand;

  /** Whether F(2 x 2, 3 x 3) serves a convolution of so many input channels. */
  static boolean fits(ConvShape s, int channels) {
    return s.kh() == 3
        && s.kw() == 3
        && s.stride() == 1
        && even(s.h(), s.outH())
        && even(s.w(), s.outW())
        && channels % L == 0;
  }

  private static boolean even(int input, int output) {
    return input % 2 == 0 && output % 2 == 0 && Math.min(input, output) >= LEAST_SIDE;
  }

  WinogradSum(
      HaloSource source, Geometry at, PatchWeights weights, SumStore store, Workers workers) {
    this.at = at;
    this.source = source;
    this.weights = weights;
    this.store = store;
    this.workers = workers;
    scratch = workers.scratch();
    depth = source.channels();
    tile = Tiles.patch(at.outputs(), depth);
    channels = Lanes.roundUp(at.outputs(), tile.channels());
    int tileRows = at.outH() / 2;
    tileColumns = at.outW() / 2;
    int most = Math.max(BAND_FLOATS / (GRID * depth), BAND_TILES) / tileColumns;
    int wanted = Lanes.ceilDiv(4 * workers.size(), at.images());
    bandTileRows = Math.clamp(Math.min(most, tileRows / wanted), 1, tileRows);
    bandImages = bandTileRows == tileRows ? chooseImages(most / tileRows) : 1;
    bands = Lanes.ceilDiv(tileRows, bandTileRows);
    int tasks = Lanes.ceilDiv(at.images(), bandImages) * bands;
    blockGroups = Math.clamp(Lanes.ceilDiv(4 * workers.size(), tasks), 1, blocks());
    int tiles = bandImages * bandTileRows * tileColumns;
    offsets = new int[Lanes.roundUp(tiles, tile.pixels())];
    Arrays.setAll(offsets, i -> Math.min(i, tiles - 1) * depth);
    inputLength = (2 * bandTileRows + 2) * source.rowLength();
    transformedAt = Lanes.roundUp(bandImages * inputLength, Scratch.LINE);
    // One input goes to all positions: they must not fall into the same set of the first-level
    // cache.
    planeLength = Scratch.oddLines(tiles * depth);
    productsAt = transformedAt + GRID * planeLength;
    sumsAt = productsAt + GRID * offsets.length * tile.channels();
    long chunk = 9L * CHUNK * tile.channels();
    scratch.reserve(
        (long) GRID * depth * channels, Math.max(chunk, sumsAt + 4L * tiles * channels));
  }

  /** Images of a task: as many as fill the register tiles best, and leave work for every worker. */
  private int chooseImages(int most) {
    int limit = Math.clamp(at.images() / (4 * workers.size()), 1, Math.max(1, most));
    int perImage = at.outH() / 2 * tileColumns;
    int best = 1;
    for (int images = 2; images <= limit; images++) {
      if (filled(images * perImage) >= filled(best * perImage)) {
        best = images;
      }
    }
    return best;
  }

  private double filled(int count) {
    return (double) count / Lanes.roundUp(count, tile.pixels());
  }

  private int blocks() {
    return channels / tile.channels();
  }

  @Override
  public void run() {
    store.prepare();
    workers.run(blocks() * Lanes.ceilDiv(depth, CHUNK), transform);
    workers.run(Lanes.ceilDiv(at.images(), bandImages) * bands * blockGroups, band);
  }

  /** G g G' for some input channels and one block of output channels. */
  private void transformWeights(int index, int worker) {
    int block = tile.channels();
    int number = index % blocks();
    int first = index / blocks() * CHUNK;
    int count = Math.min(CHUNK, depth - first);
    float[] work = scratch.array();
    int from = scratch.of(worker);
    for (int tap = 0; tap < 9; tap++) {
      int to = from + tap * CHUNK * block;
      weights.copy(tap / 3, tap % 3, first, count, number * block, block, work, to);
    }
    for (int c = 0; c < count; c++) {
      int to = scratch.shared() + (number * GRID * depth + first + c) * block;
      transformWeight(work, from + c * block, CHUNK * block, to, depth * block, block);
    }
  }

  private static void transformWeight(
      float[] work, int from, int step, int to, int toStep, int block) {
    for (int o = 0; o < block; o += L) {
      for (int row = 0; row < 4; row++) {
        FloatVector g0 = weightRow(work, from + o, step, row);
        FloatVector g1 = weightRow(work, from + step + o, step, row);
        FloatVector g2 = weightRow(work, from + 2 * step + o, step, row);
        FloatVector ends = g0.add(g2).mul(0.5f);
        FloatVector middle = g1.mul(0.5f);
        int at = to + 4 * row * toStep + o;
        g0.intoArray(work, at);
        ends.add(middle).intoArray(work, at + toStep);
        ends.sub(middle).intoArray(work, at + 2 * toStep);
        g2.intoArray(work, at + 3 * toStep);
      }
    }
  }

  /** One row of G g, in one column. */
  private static FloatVector weightRow(float[] work, int at, int step, int row) {
    FloatVector g0 = FloatVector.fromArray(SPECIES, work, at);
    FloatVector g2 = FloatVector.fromArray(SPECIES, work, at + 6 * step);
    if (row == 0) {
      return g0;
    }
    if (row == 3) {
      return g2;
    }
    FloatVector g1 = FloatVector.fromArray(SPECIES, work, at + 3 * step).mul(0.5f);
    FloatVector ends = g0.add(g2).mul(0.5f);
    return row == 1 ? ends.add(g1) : ends.sub(g1);
  }

  private void computeBand(int index, int worker) {
    int group = index % blockGroups;
    int number = index / blockGroups;
    int first = number / bands * bandImages;
    int images = Math.min(bandImages, at.images() - first);
    int tileRow = number % bands * bandTileRows;
    int rows = Math.min(bandTileRows, at.outH() / 2 - tileRow);
    for (int i = 0; i < images; i++) {
      int input = scratch.of(worker) + i * inputLength;
      source.fill(first + i, 2 * tileRow, 2 * rows + 2, scratch.array(), input);
      transformInput(input, rows, worker, i * rows * tileColumns);
    }
    int count = images * rows * tileColumns;
    int firstBlock = group * blocks() / blockGroups;
    int endBlock = (group + 1) * blocks() / blockGroups;
    if (store.isPlain() && channels == at.outputs()) {
      int to = store.plainAt(first, 2 * tileRow);
      multiply(count, worker, firstBlock, endBlock, store.array(), to, channels);
      return;
    }
    int sums = scratch.of(worker) + sumsAt;
    multiply(count, worker, firstBlock, endBlock, scratch.array(), sums, channels);
    int imageLength = 2 * rows * at.outW() * channels;
    int firstChannel = firstBlock * tile.channels();
    int endChannel = endBlock * tile.channels();
    for (int i = 0; i < images; i++) {
      int from = sums + i * imageLength;
      store.store(
          scratch.array(),
          from,
          channels,
          first + i,
          2 * tileRow,
          2 * rows,
          firstChannel,
          endChannel);
    }
  }

  /** B' d B of every tile in some tile rows, into {@code [16, tiles, c]}. */
  private void transformInput(int input, int rows, int worker, int firstTile) {
    float[] work = scratch.array();
    int down = source.rowLength();
    int to = scratch.of(worker) + transformedAt + firstTile * depth;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < tileColumns; column++) {
        int from = input + 2 * row * down + 2 * column * depth;
        transformTile(work, from, down, to, planeLength, depth);
        to += depth;
      }
    }
  }

  private static void transformTile(float[] work, int from, int down, int to, int step, int depth) {
    for (int c = 0; c < depth; c += L) {
      int d0 = from + c;
      int d1 = d0 + down;
      int d2 = d1 + down;
      int d3 = d2 + down;
      transformRow(work, d0, d2, -1, depth, to + c, step);
      transformRow(work, d1, d2, 1, depth, to + c + 4 * step, step);
      transformRow(work, d2, d1, -1, depth, to + c + 8 * step, step);
      transformRow(work, d1, d3, -1, depth, to + c + 12 * step, step);
    }
  }

  /** One row of B' d B: that of B' d is the sum or difference of two rows of d. */
  static void transformRow(float[] work, int a, int b, int sign, int right, int to, int step) {
    FloatVector t0 = combine(work, a, b, sign);
    FloatVector t1 = combine(work, a + right, b + right, sign);
    FloatVector t2 = combine(work, a + 2 * right, b + 2 * right, sign);
    FloatVector t3 = combine(work, a + 3 * right, b + 3 * right, sign);
    t0.sub(t2).intoArray(work, to);
    t1.add(t2).intoArray(work, to + step);
    t2.sub(t1).intoArray(work, to + 2 * step);
    t1.sub(t3).intoArray(work, to + 3 * step);
  }

  private static FloatVector combine(float[] work, int a, int b, int sign) {
    FloatVector first = FloatVector.fromArray(SPECIES, work, a);
    FloatVector second = FloatVector.fromArray(SPECIES, work, b);
    return sign > 0 ? first.add(second) : first.sub(second);
  }

  /** The 16 products of every block of output channels, and their outputs. */
  private void multiply(
      int count, int worker, int firstBlock, int endBlock, float[] y, int yAt, int yStep) {
    float[] work = scratch.array();
    int block = tile.channels();
    int inputs = scratch.of(worker) + transformedAt;
    int products = scratch.of(worker) + productsAt;
    int step = offsets.length * block;
    for (int number = firstBlock; number < endBlock; number++) {
      int packed = scratch.shared() + number * GRID * depth * block;
      for (int position = 0; position < GRID; position++) {
        for (int p = 0; p < count; p += tile.pixels()) {
          tile.run(
              work,
              inputs + position * planeLength,
              offsets,
              p,
              0,
              1,
              depth,
              work,
              packed + position * depth * block,
              work,
              products + position * step + p * block,
              block);
        }
      }
      transformOutput(products, step, count, y, yAt + number * block, yStep);
    }
  }

  /** A' m A of every tile, into {@code [rows, columns, yStep]}. */
  private void transformOutput(int products, int step, int count, float[] y, int yAt, int yStep) {
    float[] work = scratch.array();
    int block = tile.channels();
    int down = at.outW() * yStep;
    for (int t = 0; t < count; t++) {
      int to = yAt + t / tileColumns * 2 * down + t % tileColumns * 2 * yStep;
      for (int o = 0; o < block; o += L) {
        outputTile(work, products + t * block + o, step, y, to + o, down, yStep);
      }
    }
  }

  private static void outputTile(
      float[] work, int from, int step, float[] y, int to, int down, int right) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    for (int column = 0; column < 4; column++) {
      int at = from + column * step;
      FloatVector m1 = FloatVector.fromArray(SPECIES, work, at + 4 * step);
      FloatVector m2 = FloatVector.fromArray(SPECIES, work, at + 8 * step);
      FloatVector above = FloatVector.fromArray(SPECIES, work, at).add(m1).add(m2);
      FloatVector below = m1.sub(m2).sub(FloatVector.fromArray(SPECIES, work, at + 12 * step));
      if (column < 3) {
        a0 = a0.add(above);
        b0 = b0.add(below);
      }
      if (column == 1) {
        a1 = a1.add(above);
        b1 = b1.add(below);
      } else if (column > 1) {
        a1 = a1.sub(above);
        b1 = b1.sub(below);
      }
    }
    a0.intoArray(y, to);
    a1.intoArray(y, to + right);
    b0.intoArray(y, to + down);
    b1.intoArray(y, to + down + right);
  }
}
