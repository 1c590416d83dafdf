package engram.backend.vector.conv;

import engram.tensor.Shape;

/**
 * Shape of a two-dimensional convolution: x {@code [n, h, w, c]}, weights {@code [kh, kw, c, o]}, y
 * {@code [n, outH, outW, o]} with {@code outH = (h + 2 padding - kh) / stride + 1} rounded down.
 *
 * @param n images
 * @param h rows of an input image
 * @param w columns of an input image
 * @param c input channels
 * @param o output channels
 * @param kh kernel rows
 * @param kw kernel columns
 * @param stride step between outputs, in input pixels, both ways
 * @param padding zeros around the image, in pixels, on each side
 */
public record ConvShape(
    int n, int h, int w, int c, int o, int kh, int kw, int stride, int padding) {
  public ConvShape {
    if (n < 1 || h < 1 || w < 1 || c < 1 || o < 1 || kh < 1 || kw < 1 || stride < 1) {
      throw new IllegalArgumentException("convolution: every size and the stride must be >= 1");
    }
    if (padding < 0) {
      throw new IllegalArgumentException("convolution: padding is " + padding + ", must be >= 0");
    }
    if (h + 2 * padding < kh || w + 2 * padding < kw) {
      throw new IllegalArgumentException(
          "convolution: kernel %d x %d is larger than the padded image %d x %d"
              .formatted(kh, kw, h + 2 * padding, w + 2 * padding));
    }
  }

  /** The convolution of images x with weights w. */
  public static ConvShape of(int stride, int padding, Shape x, Shape w) {
    return new ConvShape(
        x.dim(0), x.dim(1), x.dim(2), x.dim(3), w.dim(3), w.dim(0), w.dim(1), stride, padding);
  }

  public int outH() {
    return (h + 2 * padding - kh) / stride + 1;
  }

  public int outW() {
    return (w + 2 * padding - kw) / stride + 1;
  }

  public int xLength() {
    return Math.toIntExact((long) n * h * w * c);
  }

  public int weightLength() {
    return Math.toIntExact((long) kh * kw * c * o);
  }

  public int yLength() {
    return Math.toIntExact((long) n * outH() * outW() * o);
  }

  /** Floating-point operations of the dense forward pass, and of each of its two gradients. */
  public long flops() {
    return 2L * n * outH() * outW() * o * kh * kw * c;
  }
}
