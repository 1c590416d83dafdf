package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.Way;
import engram.op.Op;
import engram.tensor.Shape;
import java.util.List;

/** The ops in which nearly all the time goes: one implementation in plain loops, one in vectors. */
interface DenseKernels {
  /** Binds a matrix product, a convolution or a gradient of one. */
  Kernel bind(Op op, List<Operand> in, List<Operand> out);

  /** The ways to do an op, the one taken first; none where there is no choice. */
  default List<Way> ways(Op op, List<Shape> in, Shape out) {
    return List.of();
  }
}
