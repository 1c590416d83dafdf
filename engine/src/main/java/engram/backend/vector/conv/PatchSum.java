package engram.backend.vector.conv;

import static engram.backend.vector.run.Lanes.SPECIES;

import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.PatchTile;
import engram.backend.vector.tile.Tiles;
import jdk.incubator.vector.FloatVector;

/**
 * Sums over patches of any size, as they are defined: a product of the patches, a row each, with
 * the weights.
 *
 * <p>The weights are packed in panels of one block of outputs. A task is a band of output rows of
 * one image, or several small images, and some of the blocks: it copies the rows it needs with
 * their halo into the worker's scratch (no im2col), and runs the register tile over (channel block,
 * pixels), so that a panel serves all pixels of the band while it lies in the cache.
 */
final class PatchSum implements ConvolutionSum {
  /** Scratch that a band may fill, in floats: well inside a second-level cache. */
  private static final int BAND_FLOATS = 24 * 1024;

  /** Pixels that make it worth reading a panel of weights: a band has as many if it can. */
  static final int BAND_PIXELS = 128;

  /** Fewest pixels of a band that is cut to keep every worker busy. */
  private static final int LEAST_PIXELS = 32;

  /** Terms up to which a sum runs in one go: rounding errors grow with the length. */
  private static final int LONG_SUM = 1024;

  /** Terms of a piece of a longer sum. */
  private static final int PIECE = 512;

  private final Geometry at;
  private final HaloSource source;
  private final PatchWeights weights;
  private final SumStore store;
  private final Workers workers;
  private final Scratch scratch;
  private final PatchTile tile;
  private final int packedOffset;
  private final int[] patches;
  private final int length;
  private final int channels;
  private final int bandRows;
  private final int bandImages;
  private final int bands;
  private final int blockGroups;
  private final int inputLength;
  private final int sumsAt;
  private final Workers.Task pack = (index, worker) -> pack(index);
  private final Workers.Task sum = this::sum;

  /**
   * Binds a patch sum.
   *
   * @param rowStep output rows that belong together (2 when the store pools)
   * @param packedOffset where in the shared scratch its packed weights begin
   */
  PatchSum(
      HaloSource source,
      Geometry at,
      PatchWeights weights,
      SumStore store,
      int rowStep,
      int packedOffset,
      Workers workers) {
    this.at = at;
    this.source = source;
    this.weights = weights;
    this.store = store;
    this.workers = workers;
    this.packedOffset = packedOffset;
    scratch = workers.scratch();
    length = at.kw() * source.channels();
    tile = tile(at, source);
    channels = Lanes.roundUp(at.outputs(), tile.channels());
    int wanted = 4 * workers.size();
    int rows = rowsInCache(rowStep);
    int images = rows < at.outH() ? 1 : Math.clamp(BAND_PIXELS / pixels(rows), 1, at.images());
    while (images > 1
        && tasks(rows, images) < wanted
        && pixels(rows) * images >= 2 * LEAST_PIXELS) {
      images = Lanes.ceilDiv(images, 2);
    }
    while (rows > rowStep && tasks(rows, images) < wanted && pixels(rows) >= 2 * LEAST_PIXELS) {
      rows = half(rows, rowStep);
    }
    int groups = Math.clamp(Lanes.ceilDiv(wanted, tasks(rows, images)), 1, blocks());
    while (images > 1 && tasks(rows, images) * groups < wanted) {
      images = Lanes.ceilDiv(images, 2);
    }
    while (rows > rowStep && tasks(rows, images) * groups < wanted) {
      rows = half(rows, rowStep);
    }
    bandRows = rows;
    bandImages = images;
    blockGroups = groups;
    bands = Lanes.ceilDiv(at.outH(), bandRows);
    inputLength = inputRows(bandRows) * source.rowLength();
    patches = patchOffsets();
    sumsAt = Lanes.roundUp(bandImages * inputLength, Scratch.LINE);
    long piece = (long) tile.pixels() * tile.channels();
    scratch.reserve(
        (long) packedOffset + packedLength(), sumsAt + (long) patches.length * channels + piece);
  }

  private static PatchTile tile(Geometry at, HaloSource source) {
    int length = at.kw() * source.channels();
    return slides(at.stride(), at.kh() * length)
        ? Tiles.neighbours(at.outputs(), length, at.kw(), at.outW())
        : Tiles.patch(at.outputs(), length);
  }

  /**
   * Share of the peak, 0 to 1, that the tile for patches of {@code kh} rows of {@code length}
   * floats reaches on useful channels.
   */
  static double share(int stride, int outputs, int kh, int length, int kw, int width) {
    return slides(stride, kh * length)
        ? Tiles.neighboursShare(outputs, length, kw, width)
        : Tiles.patchShare(outputs, length);
  }

  /** Patches must lie a pixel apart, and a sum may not be one that is cut into pieces. */
  private static boolean slides(int stride, int terms) {
    return stride == 1 && terms <= LONG_SUM;
  }

  /** Most rows of an image that fit the cache, but a few pixels at least. */
  private int rowsInCache(int rowStep) {
    int rows = Lanes.roundUp(at.outH(), rowStep);
    while (rows > rowStep && bandFloats(rows) > BAND_FLOATS && pixels(rows) >= 2 * LEAST_PIXELS) {
      rows = half(rows, rowStep);
    }
    return rows;
  }

  private static int half(int rows, int rowStep) {
    return Math.max(rowStep, Lanes.roundUp(rows / 2, rowStep));
  }

  private long bandFloats(int rows) {
    return (long) inputRows(rows) * source.rowLength() + (long) rows * at.outW() * channels;
  }

  private int pixels(int rows) {
    return Math.min(rows, at.outH()) * at.outW();
  }

  private int tasks(int rows, int images) {
    return Lanes.ceilDiv(at.images(), images) * Lanes.ceilDiv(at.outH(), rows);
  }

  private int inputRows(int rows) {
    return (rows - 1) * at.stride() + at.kh();
  }

  /** Offsets of the patches of a full band, the last one repeated to fill a tile. */
  private int[] patchOffsets() {
    int rowPixels = pixels(bandRows);
    int count = bandImages * rowPixels;
    int[] offsets = new int[Lanes.roundUp(count, tile.pixels())];
    for (int i = 0; i < offsets.length; i++) {
      int pixel = Math.min(i, count - 1);
      int row = pixel % rowPixels / at.outW() * at.stride();
      int column = pixel % at.outW() * at.stride();
      offsets[i] =
          pixel / rowPixels * inputLength + row * source.rowLength() + column * source.channels();
    }
    return offsets;
  }

  /** Floats of the packed weights. */
  int packedLength() {
    return at.kh() * length * channels;
  }

  private int blocks() {
    return channels / tile.channels();
  }

  /** Tasks that pack the weights: one for each patch pixel and block. */
  int packTasks() {
    return weights.rows() * weights.columns() * blocks();
  }

  /** Packs the weights of one patch pixel and block. */
  void pack(int index) {
    int number = index % blocks();
    int tap = index / blocks();
    int ky = tap / weights.columns();
    int kx = tap % weights.columns();
    int row = number * at.kh() * length + source.packedRow(ky, kx, at.kw());
    int to = packedAt() + row * tile.channels();
    int output = number * tile.channels();
    weights.copy(ky, kx, 0, weights.inputs(), output, tile.channels(), scratch.array(), to);
  }

  private int packedAt() {
    return scratch.shared() + packedOffset;
  }

  /** Tasks that sum: one for each band and group of blocks. */
  int sumTasks() {
    return tasks(bandRows, bandImages) * blockGroups;
  }

  @Override
  public void run() {
    store.prepare();
    workers.run(packTasks(), pack);
    workers.run(sumTasks(), sum);
  }

  /** Sums a band for a group of blocks. */
  void sum(int index, int worker) {
    int group = index % blockGroups;
    int band = index / blockGroups;
    int first = band / bands * bandImages;
    int images = Math.min(bandImages, at.images() - first);
    int row = band % bands * bandRows;
    int rows = Math.min(bandRows, at.outH() - row);
    float[] work = scratch.array();
    int inputAt = scratch.of(worker);
    for (int i = 0; i < images; i++) {
      int to = inputAt + i * inputLength;
      source.fill(first + i, row * at.stride(), inputRows(rows), work, to);
    }
    int rowPixels = rows * at.outW();
    int count = images * rowPixels;
    int firstBlock = group * blocks() / blockGroups;
    int endBlock = (group + 1) * blocks() / blockGroups;
    if (store.isPlain() && channels == at.outputs() && count % tile.pixels() == 0) {
      int to = store.plainAt(first, row);
      multiply(inputAt, count, firstBlock, endBlock, store.array(), to, at.outputs());
      return;
    }
    multiply(inputAt, count, firstBlock, endBlock, work, inputAt + sumsAt, channels);
    int firstChannel = firstBlock * tile.channels();
    int endChannel = endBlock * tile.channels();
    for (int i = 0; i < images; i++) {
      int from = inputAt + sumsAt + i * rowPixels * channels;
      store.store(work, from, channels, first + i, row, rows, firstChannel, endChannel);
    }
  }

  private void multiply(
      int inputAt, int count, int firstBlock, int endBlock, float[] y, int yAt, int yStep) {
    int block = tile.channels();
    for (int number = firstBlock; number < endBlock; number++) {
      int wAt = packedAt() + at.kh() * length * block * number;
      for (int p = 0; p < count; p += tile.pixels()) {
        int to = yAt + p * yStep + number * block;
        if (at.kh() * length <= LONG_SUM) {
          run(inputAt, p, at.kh(), length, wAt, y, to, yStep);
        } else {
          sumInPieces(inputAt, p, wAt, y, to, yStep);
        }
      }
    }
  }

  /** A tile whose sums are added up from shorter ones. */
  private void sumInPieces(int inputAt, int p, int wAt, float[] y, int yAt, int yStep) {
    int block = tile.channels();
    int pieceAt = inputAt + sumsAt + patches.length * channels;
    for (int row = 0; row < at.kh(); row++) {
      for (int k = 0; k < length; k += PIECE) {
        int from = inputAt + row * source.rowLength() + k;
        int weightsAt = wAt + (row * length + k) * block;
        int terms = Math.min(PIECE, length - k);
        if (row == 0 && k == 0) {
          run(from, p, 1, terms, weightsAt, y, yAt, yStep);
        } else {
          run(from, p, 1, terms, weightsAt, scratch.array(), pieceAt, block);
          add(scratch.array(), pieceAt, y, yAt, yStep);
        }
      }
    }
  }

  private void add(float[] piece, int pieceAt, float[] y, int yAt, int yStep) {
    int block = tile.channels();
    for (int pixel = 0; pixel < tile.pixels(); pixel++) {
      for (int o = 0; o < block; o += Lanes.COUNT) {
        int to = yAt + pixel * yStep + o;
        FloatVector.fromArray(SPECIES, y, to)
            .add(FloatVector.fromArray(SPECIES, piece, pieceAt + pixel * block + o))
            .intoArray(y, to);
      }
    }
  }

  private void run(
      int inputAt, int p, int rows, int terms, int wAt, float[] y, int yAt, int yStep) {
    float[] work = scratch.array();
    int step = source.rowLength();
    tile.run(work, inputAt, patches, p, step, rows, terms, work, wAt, y, yAt, yStep);
  }
}
