package engram.backend.opencl;

import java.util.HashMap;
import java.util.Map;

/**
 * The main loop of a convolution over framed images: its tiles, and how large the frame must be for
 * them.
 */
final class ConvLoop {
  private final Session session;
  private final Tiles tiles;
  private final Tiles.Conv tile;
  private final int images;
  private final int height;
  private final int width;
  private final int in;
  private final int out;
  private final int kernelHeight;
  private final int kernelWidth;
  private final int stride;
  private final Epilogue epilogue;

  /**
   * @param height rows of the result, before pooling
   * @param width columns of the result, before pooling
   */
  ConvLoop(
      Session session,
      Tiles tiles,
      int images,
      int height,
      int width,
      int in,
      int out,
      int kernelHeight,
      int kernelWidth,
      int stride,
      Epilogue epilogue) {
    this.session = session;
    this.tiles = tiles;
    this.images = images;
    this.height = height;
    this.width = width;
    this.in = in;
    this.out = out;
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
    this.stride = stride;
    this.epilogue = epilogue;
    tile = epilogue.pool() == 2 ? tiles.pooledConv() : tiles.conv();
  }

  /** Channels of the result, rounded up to whole tiles: the row length that weights need. */
  int paddedChannels() {
    int step = tiles.vector() * tile.vectors();
    return (out + step - 1) / step * step;
  }

  private int rowTiles() {
    return ceil(height / epilogue.pool() * epilogue.pool(), tile.rows());
  }

  private int columnTiles() {
    return ceil(width / epilogue.pool() * epilogue.pool(), tile.columns());
  }

  private int framedHeight() {
    return (rowTiles() * tile.rows() - 1) * stride + kernelHeight;
  }

  private int framedWidth() {
    return (columnTiles() * tile.columns() - 1) * stride + kernelWidth;
  }

  /** The frame, with the first pixel at ({@code top}, {@code left}). */
  Halo halo(int top, int left, int dilation) {
    return new Halo(images, framedHeight(), framedWidth(), in, top, left, dilation);
  }

  DeviceKernel launch(OpenClBuffer framed, OpenClBuffer weight) {
    int pixelTiles = images * rowTiles() * columnTiles();
    int channelTiles = paddedChannels() / (tiles.vector() * tile.vectors());
    LaunchBuilder launch =
        session
            .kernel("conv2d", "conv2d", constants())
            .operand(framed)
            .operand(weight)
            .operand(epilogue.bias().orElse(weight))
            .operand(epilogue.y())
            .operand(epilogue.indices().orElse(epilogue.y()))
            .operand(epilogue.gate().orElse(weight))
            .number(pixelTiles)
            .number(epilogue.slope());
    if (tiles.pixelsFirst()) {
      return launch.range(pixelTiles, channelTiles, Math.min(tiles.group(), pixelTiles), 1);
    }
    int across = Math.min(tiles.group(), channelTiles);
    return launch.range(channelTiles, pixelTiles, across, Math.max(1, tiles.group() / across));
  }

  private Map<String, Integer> constants() {
    Map<String, Integer> constants = new HashMap<>();
    constants.put("V", tiles.vector());
    constants.put("TR", tile.rows());
    constants.put("TC", tile.columns());
    constants.put("TV", tile.vectors());
    constants.put("ROW_TILES", rowTiles());
    constants.put("COLUMN_TILES", columnTiles());
    constants.put("PIXELS", tiles.pixelsFirst() ? 0 : 1);
    constants.put("C", in);
    constants.put("O", out);
    constants.put("PO", paddedChannels());
    constants.put("PH", framedHeight());
    constants.put("PW", framedWidth());
    constants.put("KH", kernelHeight);
    constants.put("KW", kernelWidth);
    constants.put("OH", height);
    constants.put("OW", width);
    constants.put("STRIDE", stride);
    constants.put("POOL", epilogue.pool());
    constants.put("BIAS", epilogue.bias().isPresent() ? 1 : 0);
    constants.put("GATE", epilogue.gate().isPresent() ? 1 : 0);
    constants.put("SLOPE", epilogue.slope() == 1 || epilogue.gate().isPresent() ? 0 : 1);
    return constants;
  }

  private static int ceil(int count, int size) {
    return (count + size - 1) / size;
  }
}
