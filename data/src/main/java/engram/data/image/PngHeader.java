package engram.data.image;

import java.util.Arrays;

/**
 * What the first chunk of a PNG says.
 *
 * @param width columns
 * @param height rows
 * @param depth bits of a sample: 1, 2, 4, 8 or 16
 * @param type 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha
 * @param interlaced whether it comes in seven passes
 */
record PngHeader(int width, int height, int depth, int type, boolean interlaced) {

  /**
   * A part of the picture that is packed as a picture of its own: every {@code stepX}th column from
   * {@code left}, every {@code stepY}th row from {@code top}.
   */
  record Pass(int left, int top, int stepX, int stepY, int width, int height) {}

  /** Left, top, step in x and step in y of the seven passes of Adam7, and of the only one. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  /** Whether the format knows this kind of picture. */
  boolean isKnown() {
    return switch (type) {
      case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case 2, 4, 6 -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  boolean isPalette() {
    return type == 3;
  }

  /** Samples of a pixel as they are packed, with alpha. */
  int samples() {
    return switch (type) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  /** Channels of the picture that comes of it. */
  int channels() {
    return type == 0 || type == 4 ? 1 : 3;
  }

  int bitsPerPixel() {
    return samples() * depth;
  }

  /** The parts in the order in which they are packed; those without pixels are left out. */
  Pass[] passes() {
    int[][] plan = interlaced ? ADAM7 : WHOLE;
    return Arrays.stream(plan)
        .map(
            p ->
                new Pass(
                    p[0],
                    p[1],
                    p[2],
                    p[3],
                    Math.ceilDiv(width - p[0], p[2]),
                    Math.ceilDiv(height - p[1], p[3])))
        .filter(pass -> pass.width > 0 && pass.height > 0)
        .toArray(Pass[]::new);
  }
}
