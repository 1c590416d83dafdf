package engram.bench.picture;

import engram.nn.Network;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Layer;
import engram.nn.layer.Linear;
import engram.nn.layer.Named;
import engram.tensor.Shape;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * What the first layer looks for, a pixel a weight: the filters of a convolution, or the rows of a
 * linear layer over pixels, which are pictures as large as the images. In colour for images of
 * three channels, grey for those of one. Each filter is scaled by its own largest weight: mid-grey
 * is 0, a bright channel a positive weight.
 */
public final class FilterPicture {
  static final int COLUMNS = 8;

  /** A linear layer has hundreds of rows; more than the first of them tell no more. */
  static final int MOST_FILTERS = 64;

  /**
   * Filters of some weights.
   *
   * @param weights [count, channels, height, width], as PyTorch arranges them
   */
  private record Filters(float[] weights, int count, int channels, int height, int width) {}

  private FilterPicture() {}

  /** The picture; empty for a network whose first layer with weights sees no grey or colours. */
  public static Optional<BufferedImage> of(Network network) {
    return network.model().layers().stream()
        .filter(named -> named.owned(Layer::parameters).findAny().isPresent())
        .findFirst()
        .flatMap(first -> filters(network, first))
        .filter(filters -> filters.channels == 1 || filters.channels == 3)
        .map(FilterPicture::draw);
  }

  private static Optional<Filters> filters(Network network, Named first) {
    Shape input = network.model().input();
    return switch (first.layer()) {
      case Conv2d conv ->
          Optional.of(
              new Filters(
                  weights(network, first), conv.out(), conv.in(), conv.kernel(), conv.kernel()));
      case Linear linear when input.rank() == 3 && linear.in() == input.elements() ->
          Optional.of(
              new Filters(
                  weights(network, first),
                  Math.min(MOST_FILTERS, linear.out()),
                  input.dim(2),
                  input.dim(0),
                  input.dim(1)));
      default -> Optional.empty();
    };
  }

  private static float[] weights(Network network, Named layer) {
    return network.parameters().readTorch(layer.name() + ".weight");
  }

  private static BufferedImage draw(Filters filters) {
    int area = filters.height * filters.width;
    int columns = Math.min(COLUMNS, filters.count);
    int rows = Math.ceilDiv(filters.count, columns);
    // A pixel of nothing between filters.
    BufferedImage picture =
        new BufferedImage(
            columns * (filters.width + 1) - 1,
            rows * (filters.height + 1) - 1,
            BufferedImage.TYPE_INT_ARGB);
    float[] weights = filters.weights;
    int green = filters.channels == 3 ? area : 0;
    for (int filter = 0; filter < filters.count; filter++) {
      int at = filter * filters.channels * area;
      float largest = 1e-12f;
      for (int k = 0; k < filters.channels * area; k++) {
        largest = Math.max(largest, Math.abs(weights[at + k]));
      }
      int left = filter % columns * (filters.width + 1);
      int top = filter / columns * (filters.height + 1);
      for (int k = 0; k < area; k++) {
        int rgb =
            level(weights[at + k] / largest) << 16
                | level(weights[at + green + k] / largest) << 8
                | level(weights[at + 2 * green + k] / largest);
        picture.setRGB(left + k % filters.width, top + k / filters.width, 0xFF << 24 | rgb);
      }
    }
    return picture;
  }

  private static int level(float share) {
    return Math.round(127.5f + 127.5f * share);
  }
}
