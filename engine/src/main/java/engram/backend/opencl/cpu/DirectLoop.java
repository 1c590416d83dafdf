package engram.backend.opencl.cpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.Epilogue;
import java.util.HashMap;
import java.util.Map;

/** Kernels, strides and images of all sizes: {@code conv2d.cl}. */
record DirectLoop(Session session, Tiles tiles, Sizes sizes, Epilogue epilogue)
    implements ConvLoop {
  private Tiles.Conv tile() {
    return epilogue.pool() == 2 ? tiles.pooledConv() : tiles.conv();
  }

  /** Channels of the result, rounded up to whole tiles: the row length that weights need. */
  private int paddedChannels() {
    int step = tiles.vector() * tile().vectors();
    return Math.ceilDiv(sizes.out(), step) * step;
  }

  private int rowTiles() {
    return Math.ceilDiv(sizes.height() / epilogue.pool() * epilogue.pool(), tile().rows());
  }

  private int columnTiles() {
    return Math.ceilDiv(sizes.width() / epilogue.pool() * epilogue.pool(), tile().columns());
  }

  private int paddedHeight() {
    return (rowTiles() * tile().rows() - 1) * sizes.stride() + sizes.kernelHeight();
  }

  private int paddedWidth() {
    return (columnTiles() * tile().columns() - 1) * sizes.stride() + sizes.kernelWidth();
  }

  @Override
  public Halo halo(int top, int left, int dilation) {
    return new Halo(sizes.images(), paddedHeight(), paddedWidth(), sizes.in(), top, left, dilation);
  }

  @Override
  public DeviceKernel launch(Operand padded, Operand w, boolean turned) {
    if (!turned && paddedChannels() == sizes.out()) {
      return main(padded, w);
    }
    int taps = sizes.kernelHeight() * sizes.kernelWidth();
    Operand weight = session.scratch(taps * sizes.in() * paddedChannels());
    LaunchBuilder prepare =
        session
            .kernel("conv2d_prepare", turned ? "turn_weight" : "pad_columns")
            .operands(w, weight)
            .ints(weight.shape().elements());
    if (turned) {
      prepare.ints(taps, sizes.out(), sizes.in());
    } else {
      prepare.ints(sizes.out());
    }
    return DeviceKernel.sequence(
        prepare.ints(paddedChannels()).range(weight.shape().elements()), main(padded, weight));
  }

  private DeviceKernel main(Operand padded, Operand weight) {
    int pixelTiles = sizes.images() * rowTiles() * columnTiles();
    int channelTiles = paddedChannels() / (tiles.vector() * tile().vectors());
    LaunchBuilder launch =
        epilogue
            .operands(session.kernel("conv2d", "conv2d", constants()).operands(padded, weight))
            .ints(pixelTiles)
            .floats(epilogue.slope());
    if (tiles.pixelsFirst()) {
      return launch.range(pixelTiles, channelTiles, Math.min(tiles.group(), pixelTiles), 1);
    }
    int across = Math.min(tiles.group(), channelTiles);
    return launch.range(channelTiles, pixelTiles, across, Math.max(1, tiles.group() / across));
  }

  private Map<String, Integer> constants() {
    Map<String, Integer> constants = new HashMap<>(epilogue.constants());
    constants.put("V", tiles.vector());
    constants.put("TR", tile().rows());
    constants.put("TC", tile().columns());
    constants.put("TV", tile().vectors());
    constants.put("ROW_TILES", rowTiles());
    constants.put("COLUMN_TILES", columnTiles());
    constants.put("PIXELS", tiles.pixelsFirst() ? 0 : 1);
    constants.put("C", sizes.in());
    constants.put("O", sizes.out());
    constants.put("PO", paddedChannels());
    constants.put("PH", paddedHeight());
    constants.put("PW", paddedWidth());
    constants.put("KH", sizes.kernelHeight());
    constants.put("KW", sizes.kernelWidth());
    constants.put("OH", sizes.height());
    constants.put("OW", sizes.width());
    constants.put("STRIDE", sizes.stride());
    return constants;
  }
}
