package engram.data.compress;

/**
 * Codes images of one size in a fixed number of bytes each, the same for every image, with as
 * little squared error as these allow. More bytes give a better image, down to rounding: the first
 * bytes of a long code are the short one.
 *
 * <p>Same image, same bytes, on every machine. Calls share work space: one thread at a time.
 */
public final class ImageCodec {
  /** Coefficients are told in quarters, which errs less than rounding values to bytes does. */
  private static final double STEPS = 4;

  /** In the middle of what a byte can be, so that grey costs no bits. */
  private static final int MIDDLE = 128;

  private static final int LARGEST = 255;

  private final int size;
  private final CosineTransform transform;
  private final BitPlanes planes;
  private final double[] block;
  private final int[] coefficients;

  /**
   * A codec of images of one size.
   *
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @param channels values of a pixel, at least 1
   * @param size bytes of a code, at least 1
   */
  public ImageCodec(int height, int width, int channels, int size) {
    if (height < 1 || width < 1 || channels < 1 || size < 1) {
      throw new IllegalArgumentException(
          "images of %d x %d x %d in %d bytes, expected 1 or more of each"
              .formatted(height, width, channels, size));
    }
    this.size = size;
    transform = new CosineTransform(height, width, channels);
    planes = new BitPlanes(height, width, channels);
    block = new double[height * width * channels];
    coefficients = new int[block.length];
  }

  /** Bytes of a code. */
  public int size() {
    return size;
  }

  /**
   * Codes an image.
   *
   * @param pixels holds the image at {@code from}: [row, column, channel], unsigned bytes
   * @param code gets {@link #size} bytes from {@code to} on
   */
  public void encode(byte[] pixels, int from, byte[] code, int to) {
    for (int i = 0; i < block.length; i++) {
      block[i] = Byte.toUnsignedInt(pixels[from + i]) - MIDDLE;
    }
    transform.forward(block);
    for (int i = 0; i < block.length; i++) {
      coefficients[i] = (int) Math.rint(block[i] * STEPS);
    }
    RangeEncoder encoder = new RangeEncoder(code, to, size);
    planes.write(coefficients, encoder);
    encoder.finish();
  }

  /**
   * The image of a code; any bytes are the code of some image.
   *
   * @param code holds {@link #size} bytes from {@code from} on
   * @param pixels gets the image from {@code to} on: [row, column, channel], unsigned bytes
   */
  public void decode(byte[] code, int from, byte[] pixels, int to) {
    planes.read(new RangeDecoder(code, from, size), block);
    for (int i = 0; i < block.length; i++) {
      block[i] /= STEPS;
    }
    transform.inverse(block);
    for (int i = 0; i < block.length; i++) {
      pixels[to + i] = (byte) Math.clamp(Math.round(block[i]) + MIDDLE, 0, LARGEST);
    }
  }
}
