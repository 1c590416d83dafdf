package engram.backend.vector.conv;

import engram.backend.vector.run.HostBuffer;
import java.util.Optional;

/**
 * What a forward convolution does with its sums before it stores them, in this order: 2 x 2 maximum
 * pooling with stride 2 (an odd last row or column is dropped), bias, residual, leaky ReLU. Adding
 * a bias and a leaky ReLU with {@code slope >= 0} are monotone, so pooling first gives the same
 * values as pooling last at a quarter of the work.
 *
 * @param bias one value for each output channel
 * @param residual added element by element, shaped as the output; not where it pools
 * @param slope factor for values that are not above zero, as in {@code y > 0 ? y : slope * y}; 1
 *     for no activation
 * @param poolIndex present: pool, and store here for each pooled value which pixel of its window it
 *     came from, as 0, 1 (right), 2 (below), 3 (below right): the first maximum, or the last NaN
 *     (NaN is larger than all numbers), as PyTorch picks. Shape of the pooled output
 */
public record Epilogue(
    Optional<HostBuffer> bias,
    Optional<HostBuffer> residual,
    float slope,
    Optional<HostBuffer> poolIndex) {
  /** Stores the sums. */
  public static final Epilogue NONE =
      new Epilogue(Optional.empty(), Optional.empty(), 1, Optional.empty());

  public Epilogue {
    if (!(slope >= 0)) {
      throw new IllegalArgumentException("epilogue: slope is " + slope + ", must be >= 0");
    }
    if (residual.isPresent() && poolIndex.isPresent()) {
      throw new IllegalArgumentException("epilogue: a residual cannot be added to a pooling");
    }
  }

  public Epilogue withBias(HostBuffer values) {
    return new Epilogue(Optional.of(values), residual, slope, poolIndex);
  }

  public Epilogue withResidual(HostBuffer values) {
    return new Epilogue(bias, Optional.of(values), slope, poolIndex);
  }

  public Epilogue withLeakyRelu(float negativeSlope) {
    return new Epilogue(bias, residual, negativeSlope, poolIndex);
  }

  public Epilogue withMaxPool(HostBuffer index) {
    return new Epilogue(bias, residual, slope, Optional.of(index));
  }

  boolean isNone() {
    return bias.isEmpty() && residual.isEmpty() && slope == 1 && poolIndex.isEmpty();
  }
}
