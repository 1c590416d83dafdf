package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.OpenClBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What follows the sums of a convolution, and where its results go.
 *
 * @param indices places of the maxima of a 2 x 2 pooling, if there is one
 * @param gate result of a rectifier whose gradient follows, if one does
 * @param slope of the rectifier, 1 for none
 */
public record Epilogue(
    OpenClBuffer y,
    Optional<OpenClBuffer> bias,
    Optional<OpenClBuffer> indices,
    Optional<OpenClBuffer> gate,
    float slope) {
  public static Epilogue none(Operand y) {
    return gradient(y, Optional.empty());
  }

  public static Epilogue gradient(Operand y, Optional<Gate> gate) {
    return new Epilogue(
        OpenClBuffer.of(y),
        Optional.empty(),
        Optional.empty(),
        gate.map(g -> OpenClBuffer.of(g.y())),
        gate.map(Gate::slope).orElse(1f));
  }

  public int pool() {
    return indices.isPresent() ? 2 : 1;
  }

  /** The constants of {@code convolution_end.h}, and POOL. */
  public Map<String, Integer> constants() {
    Map<String, Integer> constants = new HashMap<>();
    constants.put("POOL", pool());
    constants.put("BIAS", bias.isPresent() ? 1 : 0);
    constants.put("GATE", gate.isPresent() ? 1 : 0);
    constants.put("SLOPE", slope == 1 || gate.isPresent() ? 0 : 1);
    return constants;
  }
}
