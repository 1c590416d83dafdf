package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.op.Op;
import java.util.List;

/** The ops in which nearly all the time goes: one implementation in plain loops, one in vectors. */
interface DenseKernels {
  /** Binds a matrix product, a convolution or a gradient of one. */
  Kernel bind(Op op, List<Operand> in, List<Operand> out);
}
