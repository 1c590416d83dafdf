package engram.backend.opencl.cpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.Epilogue;
import java.util.HashMap;
import java.util.Map;

/** 3 x 3 kernels with stride 1 on CPU devices: {@code winograd_conv2d.cl}. */
record WinogradLoop(Session session, Tiles tiles, Sizes sizes, Epilogue epilogue)
    implements ConvLoop {
  /** Positions in the grid of a transformed tile. */
  private static final int GRID = 16;

  /** Fewer channels spend more on transforms than the products save. */
  private static final int LEAST_CHANNELS = 16;

  /** Smaller images are mostly halo. */
  private static final int LEAST_SIDE = 4;

  /** Floats of local memory: most of a second-level cache. */
  private static final int LOCAL_FLOATS = 48 * 1024;

  /** Floats between positions beyond those of the tiles. */
  private static final int PLANE_GAP = 16;

  /** Bands for each compute unit, if there are tiles enough, so that all end together. */
  private static final int BANDS = 4;

  /** Whether this way serves a convolution, and wins. */
  static boolean fits(Session session, Tiles tiles, Sizes sizes) {
    return session.isCpu()
        && sizes.kernelHeight() == 3
        && sizes.kernelWidth() == 3
        && sizes.stride() == 1
        && sizes.height() % 2 == 0
        && sizes.width() % 2 == 0
        && Math.min(sizes.height(), sizes.width()) >= LEAST_SIDE
        && sizes.in() % tiles.vector() == 0
        && Math.min(sizes.in(), sizes.out()) >= LEAST_CHANNELS
        && mostTiles(session, tiles, sizes.in()) >= tiles.winograd().rows();
  }

  /** Tiles of 2 x 2 pixels in all images. */
  private int count() {
    return Math.multiplyExact(sizes.images(), sizes.height() / 2 * (sizes.width() / 2));
  }

  /** Tiles that one work-item takes. */
  private int band() {
    int rows = tiles.winograd().rows();
    int wanted = Math.ceilDiv(count(), Math.toIntExact(BANDS * session.device().computeUnits()));
    return Math.min(mostTiles(session, tiles, sizes.in()), Math.ceilDiv(wanted, rows) * rows);
  }

  /** Whole register tiles whose inputs and products fit into local memory. */
  private static int mostTiles(Session session, Tiles tiles, int channels) {
    long floats = Math.min(LOCAL_FLOATS, session.device().localBytes() / Float.BYTES);
    long most = (floats / GRID - PLANE_GAP) / (channels + block(tiles));
    int rows = tiles.winograd().rows();
    return (int) (most / rows * rows);
  }

  /** Output channels of a register tile. */
  private static int block(Tiles tiles) {
    return tiles.vector() * tiles.winograd().vectors();
  }

  /** Channels of the result, rounded up to whole register tiles. */
  private int paddedChannels() {
    return Math.ceilDiv(sizes.out(), block(tiles)) * block(tiles);
  }

  @Override
  public Halo halo(int top, int left, int dilation) {
    return new Halo(
        sizes.images(), sizes.height() + 2, sizes.width() + 2, sizes.in(), top, left, dilation);
  }

  @Override
  public DeviceKernel launch(Operand padded, Operand w, boolean turned) {
    int weights = Math.multiplyExact(sizes.in(), paddedChannels());
    int weightVectors = weights / tiles.vector();
    Operand transformed = session.scratch(Math.multiplyExact(GRID, weights));
    int bands = Math.ceilDiv(count(), band());
    return DeviceKernel.sequence(
        session
            .kernel("winograd_conv2d", "transform_weight", constants())
            .operands(w, transformed)
            .ints(weightVectors, turned ? 1 : 0)
            .range(weightVectors),
        epilogue
            .operands(
                session
                    .kernel("winograd_conv2d", "winograd_conv2d", constants())
                    .operands(padded, transformed))
            .ints(count())
            .floats(epilogue.slope())
            .range(bands, 1, 1, 1));
  }

  private Map<String, Integer> constants() {
    Map<String, Integer> constants = new HashMap<>(epilogue.constants());
    constants.put("V", tiles.vector());
    constants.put("TT", tiles.winograd().rows());
    constants.put("TV", tiles.winograd().vectors());
    constants.put("TILES", band());
    constants.put("C", sizes.in());
    constants.put("O", sizes.out());
    constants.put("PO", paddedChannels());
    constants.put("PH", sizes.height() + 2);
    constants.put("PW", sizes.width() + 2);
    constants.put("OH", sizes.height());
    constants.put("OW", sizes.width());
    return constants;
  }
}
