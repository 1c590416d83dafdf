package engram.bench.picture;

import engram.nn.Network;
import engram.nn.layer.Conv2d;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * The filters of the first convolution as colour pictures, a pixel a weight. Each filter is scaled
 * by its own largest weight: mid-grey is 0, a bright channel a positive weight.
 */
public final class FilterPicture {
  static final int COLUMNS = 8;

  private FilterPicture() {}

  /** The picture; empty for a network that does not begin with a convolution of colours. */
  public static Optional<BufferedImage> of(Network network) {
    return network.model().layers().stream()
        .filter(named -> named.layer() instanceof Conv2d)
        .findFirst()
        .flatMap(
            named -> {
              Conv2d first = (Conv2d) named.layer();
              String weight = named.name() + ".weight";
              return first.in() == 3
                  ? Optional.of(draw(first, network.parameters().readTorch(weight)))
                  : Optional.empty();
            });
  }

  /**
   * @param weights [out, in, kernel, kernel]
   */
  private static BufferedImage draw(Conv2d layer, float[] weights) {
    int kernel = layer.kernel();
    int area = kernel * kernel;
    int rows = Math.ceilDiv(layer.out(), COLUMNS);
    int cell = kernel + 1; // a pixel of nothing between filters
    BufferedImage picture =
        new BufferedImage(COLUMNS * cell - 1, rows * cell - 1, BufferedImage.TYPE_INT_ARGB);
    for (int filter = 0; filter < layer.out(); filter++) {
      int at = filter * 3 * area;
      float largest = 1e-12f;
      for (int k = 0; k < 3 * area; k++) {
        largest = Math.max(largest, Math.abs(weights[at + k]));
      }
      for (int k = 0; k < area; k++) {
        int red = level(weights[at + k] / largest);
        int green = level(weights[at + area + k] / largest);
        int blue = level(weights[at + 2 * area + k] / largest);
        picture.setRGB(
            filter % COLUMNS * cell + k % kernel,
            filter / COLUMNS * cell + k / kernel,
            0xFF << 24 | red << 16 | green << 8 | blue);
      }
    }
    return picture;
  }

  private static int level(float share) {
    return Math.round(127.5f + 127.5f * share);
  }
}
