package engram.backend.vector.conv;

import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Scratch;
import engram.backend.vector.run.Workers;
import engram.backend.vector.tile.PatchTile;
import engram.backend.vector.tile.Tiles;

/**
 * Sums over patches of any size, as they are defined.
 *
 * <p>A task is a band of output rows of one image: it copies the rows it needs with their halo into
 * the worker's scratch (no im2col), and runs the register tile over (channel block, pixels).
 */
final class PatchSum implements ConvolutionSum {
  /** Scratch that a band may fill, in floats: well inside a second-level cache. */
  private static final int BAND_FLOATS = 24 * 1024;

  private final Geometry at;
  private final HaloSource source;
  private final PatchStore store;
  private final Workers workers;
  private final Scratch scratch;
  private final PatchTile tile;
  private final int[] patches;
  private final int length;
  private final int channels;
  private final int bandRows;
  private final int bands;
  private final int sumsAt;
  private final Workers.Task band = this::computeBand;

  /**
   * Binds a patch sum.
   *
   * @param rowStep output rows that belong together (2 when the store pools)
   */
  PatchSum(HaloSource source, Geometry at, PatchStore store, int rowStep, Workers workers) {
    this.at = at;
    this.source = source;
    this.store = store;
    this.workers = workers;
    scratch = workers.scratch();
    tile = Tiles.patch(at.outputs(), at.kw() * source.channels());
    length = at.kw() * source.channels();
    channels = Lanes.roundUp(at.outputs(), tile.channels());
    bandRows = chooseBand(rowStep);
    bands = Lanes.ceilDiv(at.outH(), bandRows);
    patches = patchOffsets();
    sumsAt = Lanes.roundUp(inputRows(bandRows) * source.rowLength(), Scratch.LINE);
    scratch.reserve(packedLength(), sumsAt + (long) patches.length * channels);
  }

  /** Rows of a band: what fits the cache, and enough bands to keep every worker busy. */
  private int chooseBand(int rowStep) {
    int rows = at.outH();
    int wantedBands = Lanes.ceilDiv(4 * workers.size(), at.images());
    while (rows > rowStep
        && (bandFloats(rows) > BAND_FLOATS || Lanes.ceilDiv(at.outH(), rows) < wantedBands)) {
      rows = Math.max(rowStep, Lanes.roundUp(rows / 2, rowStep));
      if (rows <= rowStep) {
        break;
      }
    }
    return Math.min(Lanes.roundUp(rows, rowStep), Lanes.roundUp(at.outH(), rowStep));
  }

  private long bandFloats(int rows) {
    return (long) inputRows(rows) * source.rowLength() + (long) rows * at.outW() * channels;
  }

  private int inputRows(int rows) {
    return (rows - 1) * at.stride() + at.kh();
  }

  /** Offsets of the patches of a full band, the last one repeated to fill a tile. */
  private int[] patchOffsets() {
    int count = bandRows * at.outW();
    int[] offsets = new int[Lanes.roundUp(count, tile.pixels())];
    for (int i = 0; i < offsets.length; i++) {
      int pixel = Math.min(i, count - 1);
      int row = pixel / at.outW() * at.stride();
      int column = pixel % at.outW() * at.stride();
      offsets[i] = row * source.rowLength() + column * source.channels();
    }
    return offsets;
  }

  private int packedLength() {
    return at.kh() * length * channels;
  }

  @Override
  public int blockChannels() {
    return tile.channels();
  }

  @Override
  public int blocks() {
    return channels / tile.channels();
  }

  @Override
  public int packedAt() {
    return scratch.shared();
  }

  @Override
  public int packedRow(int ky, int kx) {
    return source.packedRow(ky, kx, at.kw());
  }

  @Override
  public void run() {
    workers.run(at.images() * bands, band);
  }

  private void computeBand(int index, int worker) {
    int image = index / bands;
    int row = index % bands * bandRows;
    int rows = Math.min(bandRows, at.outH() - row);
    float[] work = scratch.array();
    int inputAt = scratch.of(worker);
    source.fill(image, row * at.stride(), inputRows(rows), work, inputAt);
    int count = rows * at.outW();
    if (store.isPlain() && channels == at.outputs() && count % tile.pixels() == 0) {
      int to = store.plainAt(image, row);
      sum(work, inputAt, count, store.array(), to, at.outputs());
    } else {
      sum(work, inputAt, count, work, inputAt + sumsAt, channels);
      store.store(work, inputAt + sumsAt, channels, image, row, rows);
    }
  }

  private void sum(float[] work, int inputAt, int count, float[] y, int yAt, int yStep) {
    int block = tile.channels();
    int packed = scratch.shared();
    for (int o = 0; o < channels; o += block) {
      int wAt = packed + at.kh() * length * o;
      for (int p = 0; p < count; p += tile.pixels()) {
        tile.run(
            work,
            inputAt,
            patches,
            p,
            source.rowLength(),
            at.kh(),
            length,
            work,
            wAt,
            y,
            yAt + p * yStep + o,
            yStep);
      }
    }
  }
}
