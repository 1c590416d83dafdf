package engram.backend.opencl;

import engram.backend.Operand;
import engram.backend.opencl.device.DeviceKernel;
import engram.backend.opencl.ops.DenseOps;
import engram.backend.opencl.ops.Epilogue;
import engram.backend.opencl.ops.OutputGradient;
import engram.backend.opencl.ops.Parts;
import engram.backend.opencl.ops.WeightGradient;
import engram.op.Conv2d;
import engram.op.MatMul;
import engram.op.Op;
import engram.op.PooledConv2d;
import java.util.List;
import java.util.Optional;

/** Steps of a graph that are done alone or together with a neighbour, as calls of the dense ops. */
record DenseSteps(DenseOps dense) {

  /** A product of two matrices, or the input gradient of a convolution. */
  DeviceKernel product(Op step, List<Operand> in, Epilogue epilogue) {
    return switch (step) {
      case MatMul op -> dense.matMul(op, in.get(0), in.get(1), epilogue);
      case Conv2d.InputGradient op ->
          dense.inputGradient(
              op.stride(), op.padding(), OutputGradient.of(in.get(0)), in.get(1), epilogue);
      case PooledConv2d.InputGradient op ->
          dense.inputGradient(
              op.stride(),
              op.padding(),
              OutputGradient.pooled(in.get(0), in.get(1)),
              in.get(2),
              epilogue);
      default -> throw new AssertionError(step);
    };
  }

  /** The weight gradient of a layer, and the {@code sums} that are the gradient of its bias. */
  DeviceKernel weightGradient(
      Op step, List<Operand> in, Operand dw, Optional<Operand> sums, Parts parts) {
    return switch (step) {
      case MatMul op ->
          dense.matMulWithSums(op, in.get(0), in.get(1), dw, sums.orElseThrow(), parts);
      case Conv2d.WeightGradient op ->
          dense.weightGradient(
              new WeightGradient(
                  op.stride(), op.padding(), in.get(0), OutputGradient.of(in.get(1)), dw, sums),
              parts);
      case PooledConv2d.WeightGradient op ->
          dense.weightGradient(
              new WeightGradient(
                  op.stride(),
                  op.padding(),
                  in.get(0),
                  OutputGradient.pooled(in.get(1), in.get(2)),
                  dw,
                  sums),
              parts);
      default -> throw new AssertionError(step);
    };
  }
}
