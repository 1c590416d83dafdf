package engram.backend.opencl.ops;

import engram.backend.Operand;
import engram.backend.opencl.cpu.CpuDenseOps;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.gpu.GpuDenseOps;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.MatMul;
import engram.op.PooledConv2d;
import java.util.Optional;

/**
 * The ops that do the arithmetic: matrix products and convolutions. There are two ways to compute
 * them, {@link CpuDenseOps} without barriers and {@link GpuDenseOps} by way of local memory.
 */
public interface DenseOps {

  DeviceKernel matMul(MatMul op, Operand a, Operand b, Operand y, Optional<Gate> gate);

  /** A product whose a is transposed, and the sums over the rows of a; may leave {@code parts}. */
  DeviceKernel matMulWithSums(
      MatMul op, Operand a, Operand b, Operand y, Operand sums, Parts parts);

  DeviceKernel linear(Operand x, Operand w, Operand bias, Operand y);

  DeviceKernel conv2d(Conv2d op, Operand x, Operand w, Operand y);

  /** With bias, rectifier, and a pooling if there are {@code places} for its maxima. */
  DeviceKernel fusedConv2d(
      FusedConv2d op, Operand x, Operand w, Operand bias, Operand y, Optional<Operand> places);

  DeviceKernel inputGradient(
      Conv2d.InputGradient op, Operand dy, Operand w, Operand dx, Optional<Gate> gate);

  DeviceKernel inputGradient(
      PooledConv2d.InputGradient op,
      Operand places,
      Operand d,
      Operand w,
      Operand dx,
      Optional<Gate> gate);

  /** Leaves dw, and the sums of dy over all pixels if they are wanted, in {@code parts}. */
  DeviceKernel weightGradient(
      Conv2d.WeightGradient op,
      Operand x,
      Operand dy,
      Operand dw,
      Optional<Operand> sums,
      Parts parts);

  /** The same for a gradient behind a pooling. */
  DeviceKernel weightGradient(
      PooledConv2d.WeightGradient op,
      Operand x,
      Operand places,
      Operand d,
      Operand dw,
      Optional<Operand> sums,
      Parts parts);
}
