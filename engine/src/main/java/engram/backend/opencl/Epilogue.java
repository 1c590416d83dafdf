package engram.backend.opencl;

import engram.backend.Operand;
import java.util.Optional;

/**
 * What follows the sums of a convolution, and where its results go.
 *
 * @param indices places of the maxima of a 2 x 2 pooling, if there is one
 * @param slope of the rectifier, 1 for none
 */
record Epilogue(
    OpenClBuffer y, Optional<OpenClBuffer> bias, Optional<OpenClBuffer> indices, float slope) {
  static Epilogue none(Operand y) {
    return new Epilogue(OpenClBuffer.of(y), Optional.empty(), Optional.empty(), 1);
  }

  int pool() {
    return indices.isPresent() ? 2 : 1;
  }
}
