package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.LaunchBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What follows the sums of a product or a convolution before they are stored as {@code y}: a bias
 * for each column, the maximum of 2 x 2 pixels with its argmax, a residual, a leaky ReLU, in this
 * order; or, where the sums are the gradient behind a leaky ReLU, its activation mask: sums times
 * {@code slope} where {@code activation} is not above 0.
 *
 * @param bias [columns], if one is added
 * @param indices where each argmax goes, [N, OH / 2, OW / 2, C], if there is a pooling
 * @param residual added to the sums, shaped as y; there is no activation then
 * @param activation the result of the leaky ReLU behind which the sums are a gradient, shaped as y
 * @param slope of the leaky ReLU, 1 for none
 */
public record Epilogue(
    Operand y,
    Optional<Operand> bias,
    Optional<Operand> indices,
    Optional<Operand> residual,
    Optional<Operand> activation,
    float slope) {

  /** The sums as they are. */
  public static Epilogue none(Operand y) {
    return after(y, Optional.empty(), Optional.empty(), 1);
  }

  /** The sums with a bias. */
  public static Epilogue bias(Operand y, Operand bias) {
    return after(y, Optional.of(bias), Optional.empty(), 1);
  }

  private static Epilogue after(
      Operand y, Optional<Operand> bias, Optional<Operand> activation, float slope) {
    return new Epilogue(y, bias, Optional.empty(), Optional.empty(), activation, slope);
  }

  /** The sums where a leaky ReLU was active, and {@code slope} times the others. */
  public static Epilogue mask(Operand y, Operand activation, float slope) {
    return after(y, Optional.empty(), Optional.of(activation), slope);
  }

  /** Pixels of a side of a pooling's window, 1 without pooling. */
  public int pool() {
    return indices.isPresent() ? 2 : 1;
  }

  /** Whether this can follow parts of a sum as it can follow the whole. */
  public boolean takesParts() {
    return indices.isEmpty() && besideEachElement().isEmpty() && slope == 1;
  }

  /** The operand that is shaped as y, if there is one. */
  public Optional<Operand> besideEachElement() {
    return residual.or(() -> activation);
  }

  /** What lies beside y in memory, element by element or column by column. */
  public Stream<Operand> beside() {
    return Stream.of(bias, indices, residual, activation).flatMap(Optional::stream);
  }

  /**
   * Sets bias, y, indices and residual or activation as arguments; y stands in for what there is
   * not.
   */
  public LaunchBuilder operands(LaunchBuilder launch) {
    return launch.operands(bias.orElse(y), y, indices.orElse(y), besideEachElement().orElse(y));
  }

  /** The constants of the kernels that store results: {@code epilogue.h}, {@code gemm.cl}. */
  public Map<String, Integer> constants() {
    return Map.of(
        "POOL", pool(),
        "BIAS", bias.isPresent() ? 1 : 0,
        "RELU", slope == 1 || activation.isPresent() ? 0 : slope == 0 ? 2 : 1,
        "RESIDUAL", residual.isPresent() ? 1 : 0,
        "ACTIVATION_MASK", activation.isPresent() ? 1 : 0);
  }
}
