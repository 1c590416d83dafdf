package engram.backend.opencl.cpu;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.device.Session;
import engram.backend.opencl.ops.DenseOps;
import engram.backend.opencl.ops.Gate;
import engram.backend.opencl.ops.Parts;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.MatMul;
import engram.op.PooledConv2d;
import java.util.Optional;

/** For devices on which a barrier costs much and memory is cached: a work-item is a whole tile. */
public final class CpuDenseOps implements DenseOps {
  private final MatMulOps matMul;
  private final ConvOps conv;
  private final WeightGradientOps weightGradient;

  public CpuDenseOps(Session session, Tiles tiles) {
    matMul = new MatMulOps(session, tiles);
    conv = new ConvOps(session, tiles);
    weightGradient = new WeightGradientOps(session, tiles);
  }

  @Override
  public DeviceKernel matMul(MatMul op, Operand a, Operand b, Operand y, Optional<Gate> gate) {
    return matMul.matMul(op, a, b, y, gate, Optional.empty());
  }

  @Override
  public DeviceKernel matMulWithSums(
      MatMul op, Operand a, Operand b, Operand y, Operand sums, Parts parts) {
    return matMul.matMul(op, a, b, y, Optional.empty(), Optional.of(sums));
  }

  @Override
  public DeviceKernel linear(Operand x, Operand w, Operand bias, Operand y) {
    return matMul.linear(x, w, bias, y);
  }

  @Override
  public DeviceKernel conv2d(Conv2d op, Operand x, Operand w, Operand y) {
    return conv.conv2d(op, x, w, y);
  }

  @Override
  public DeviceKernel fusedConv2d(
      FusedConv2d op, Operand x, Operand w, Operand bias, Operand y, Optional<Operand> places) {
    return conv.fusedConv2d(op, x, w, bias, y, places);
  }

  @Override
  public DeviceKernel inputGradient(
      Conv2d.InputGradient op, Operand dy, Operand w, Operand dx, Optional<Gate> gate) {
    return conv.inputGradient(op, dy, w, dx, gate);
  }

  @Override
  public DeviceKernel inputGradient(
      PooledConv2d.InputGradient op,
      Operand places,
      Operand d,
      Operand w,
      Operand dx,
      Optional<Gate> gate) {
    return conv.pooledInputGradient(op, places, d, w, dx, gate);
  }

  @Override
  public DeviceKernel weightGradient(
      Conv2d.WeightGradient op,
      Operand x,
      Operand dy,
      Operand dw,
      Optional<Operand> sums,
      Parts parts) {
    return weightGradient.dense(op, x, dy, dw, sums, parts);
  }

  @Override
  public DeviceKernel weightGradient(
      PooledConv2d.WeightGradient op,
      Operand x,
      Operand places,
      Operand d,
      Operand dw,
      Optional<Operand> sums,
      Parts parts) {
    return weightGradient.pooled(op, x, places, d, dw, sums, parts);
  }
}
