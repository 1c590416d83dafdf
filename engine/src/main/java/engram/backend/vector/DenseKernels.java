package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.MatMul;
import engram.op.PooledConv2d;
import java.util.List;

/** The ops in which nearly all the time goes: one implementation in plain loops, one in vectors. */
interface DenseKernels {
  Kernel conv2d(Conv2d op, Operand x, Operand w, Operand y);

  /** Operands are x, w, b; outputs y and, if the op pools, indices. */
  Kernel fusedConv2d(FusedConv2d op, List<Operand> inputs, List<Operand> outputs);

  Kernel inputGradient(Conv2d.InputGradient op, Operand dy, Operand w, Operand dx);

  Kernel weightGradient(Conv2d.WeightGradient op, Operand x, Operand dy, Operand dw);

  Kernel pooledInputGradient(
      PooledConv2d.InputGradient op, Operand indices, Operand d, Operand w, Operand dx);

  Kernel pooledWeightGradient(
      PooledConv2d.WeightGradient op, Operand x, Operand indices, Operand d, Operand dw);

  Kernel linear(Operand x, Operand w, Operand b, Operand y);

  Kernel matMul(MatMul op, Operand a, Operand b, Operand y);
}
