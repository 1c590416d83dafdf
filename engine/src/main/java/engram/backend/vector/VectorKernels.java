package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.conv.Conv2dForward;
import engram.backend.vector.conv.Conv2dInputGradient;
import engram.backend.vector.conv.Conv2dWeightGradient;
import engram.backend.vector.conv.ConvShape;
import engram.backend.vector.conv.Epilogue;
import engram.backend.vector.conv.PooledWeightGradient;
import engram.backend.vector.matmul.MatrixProduct;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.Linear;
import engram.op.MatMul;
import engram.op.Op;
import engram.op.PooledConv2d;
import java.util.List;
import java.util.Optional;

/**
 * The heavy ops on the Vector API: binds operands to the kernels of {@code matmul} and {@code
 * conv}.
 */
record VectorKernels(Workers workers) implements DenseKernels {
  @Override
  public Kernel bind(Op op, List<Operand> in, List<Operand> out) {
    Operand a = in.get(0);
    Operand b = in.get(1);
    Operand y = out.get(0);
    return switch (op) {
      case Conv2d conv -> forward(shape(conv.stride(), conv.padding(), a, b), in, Epilogue.NONE, y);
      case FusedConv2d conv -> {
        Epilogue epilogue = Epilogue.NONE.withBias(buffer(in.get(2))).withLeakyRelu(conv.slope());
        yield forward(
            shape(conv.stride(), conv.padding(), a, b),
            in,
            conv.pool() == 2 ? epilogue.withMaxPool(buffer(out.get(1))) : epilogue,
            y);
      }
      case Conv2d.InputGradient conv ->
          new Conv2dInputGradient(
              shape(conv.stride(), conv.padding(), y, b), buffer(a), buffer(b), buffer(y), workers);
      case Conv2d.WeightGradient conv ->
          Conv2dWeightGradient.of(
              shape(conv.stride(), conv.padding(), a, y), buffer(a), buffer(b), buffer(y), workers);
      case PooledConv2d.InputGradient conv -> {
        Operand w = in.get(2);
        yield Conv2dInputGradient.pooled(
            shape(conv.stride(), conv.padding(), y, w),
            buffer(b),
            buffer(a),
            buffer(w),
            buffer(y),
            workers);
      }
      case PooledConv2d.WeightGradient conv ->
          new PooledWeightGradient(
              shape(conv.stride(), conv.padding(), a, y),
              buffer(a),
              buffer(in.get(2)),
              buffer(b),
              buffer(y),
              workers);
      case Linear _ -> product(new MatMul(false, true), a, b, Optional.of(buffer(in.get(2))), y);
      case MatMul product -> product(product, a, b, Optional.empty(), y);
      default -> throw new AssertionError(op);
    };
  }

  private Kernel forward(ConvShape shape, List<Operand> in, Epilogue epilogue, Operand y) {
    return new Conv2dForward(
        shape, buffer(in.get(0)), buffer(in.get(1)), epilogue, buffer(y), workers);
  }

  private Kernel product(MatMul op, Operand a, Operand b, Optional<HostBuffer> bias, Operand y) {
    var shape =
        new MatrixProduct.Shape(
            y.shape().dim(0),
            y.shape().dim(1),
            a.shape().dim(op.transposeA() ? 0 : 1),
            op.transposeA(),
            op.transposeB());
    return MatrixProduct.of(shape, buffer(a), buffer(b), bias, buffer(y), workers);
  }

  private static ConvShape shape(int stride, int padding, Operand x, Operand w) {
    return ConvShape.of(stride, padding, x.shape(), w.shape());
  }

  private static HostBuffer buffer(Operand operand) {
    return HostBuffer.of(operand);
  }
}
