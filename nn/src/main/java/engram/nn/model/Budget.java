package engram.nn.model;

import engram.tensor.ShapeException;

/**
 * How large a network may become, counted before anything is allocated: beyond it is rather a slip
 * of the pen than a wish.
 */
final class Budget {
  private static final long PARAMETERS = 250_000_000;
  private static final long OUTPUTS = 250_000_000;
  private static final int LAYERS = 1_000;

  private long parameters;
  private long outputs;
  private int layers;

  /** Counts trained numbers: the product of {@code factors}. */
  void parameters(int... factors) {
    double product = 1;
    for (int factor : factors) {
      product *= factor;
    }
    if (parameters + product > PARAMETERS) {
      throw new ShapeException(
          "the network would have %,.0f parameters with this layer; %,d are allowed"
              .formatted(parameters + product, PARAMETERS));
    }
    parameters += (long) product;
  }

  /** Counts a layer that gives {@code elements} numbers for each example. */
  void layer(int elements) {
    outputs += elements;
    layers++;
    if (layers > LAYERS) {
      throw new ShapeException("the network has more than %,d layers".formatted(LAYERS));
    }
    if (outputs > OUTPUTS) {
      throw new ShapeException(
          "the layers up to this one would make %,d numbers of each example; %,d are allowed"
              .formatted(outputs, OUTPUTS));
    }
  }
}
