package engram.backend.opencl.ops;

import engram.backend.Operand;
import java.util.Optional;

/**
 * The gradient of a convolution's output, or of what a 2 x 2 max pooling made of it.
 *
 * @param d [N, OH, OW, O], or [N, OH / 2, OW / 2, O] behind a pooling
 * @param indices argmax of each window of the pooling, shaped as d, if there is one
 */
public record OutputGradient(Operand d, Optional<Operand> indices) {

  public static OutputGradient of(Operand d) {
    return new OutputGradient(d, Optional.empty());
  }

  public static OutputGradient pooled(Operand indices, Operand d) {
    return new OutputGradient(d, Optional.of(indices));
  }
}
