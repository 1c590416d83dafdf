package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.op.MatMul;

/**
 * The ops that do the arithmetic: matrix products and convolutions. There are two ways to compute
 * them, on processors without barriers and on GPUs by way of local memory. Images are [N, H, W, C],
 * weights [KH, KW, C, O].
 */
public interface DenseOps {

  /** a b, each transposed if the op says so; b is not transposed where there is a mask. */
  DeviceKernel matMul(MatMul op, Operand a, Operand b, Epilogue epilogue);

  /** A product whose a is transposed, and the sums over the rows of a; may leave {@code parts}. */
  DeviceKernel matMulWithSums(
      MatMul op, Operand a, Operand b, Operand y, Operand sums, Parts parts);

  /** x [N, K], w [O, K] -> y [N, O], with a bias. */
  DeviceKernel linear(Operand x, Operand w, Epilogue epilogue);

  DeviceKernel conv2d(int stride, int padding, Operand x, Operand w, Epilogue epilogue);

  DeviceKernel inputGradient(
      int stride, int padding, OutputGradient dy, Operand w, Epilogue epilogue);

  /** Leaves its results in {@code parts}. */
  DeviceKernel weightGradient(WeightGradient wanted, Parts parts);
}
