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
import engram.op.MatMul;
import engram.op.PooledConv2d;
import engram.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The heavy ops on the Vector API: binds operands to the kernels of {@code matmul} and {@code
 * conv}.
 */
final class VectorKernels implements DenseKernels {
  private final Workers workers;

  VectorKernels(Workers workers) {
    this.workers = workers;
  }

  @Override
  public Kernel conv2d(Conv2d op, Operand x, Operand w, Operand y) {
    ConvShape shape = shape(op.stride(), op.padding(), x, w);
    return new Conv2dForward(
        shape, HostBuffer.of(x), HostBuffer.of(w), Epilogue.NONE, HostBuffer.of(y), workers);
  }

  @Override
  public Kernel fusedConv2d(FusedConv2d op, List<Operand> inputs, List<Operand> outputs) {
    Operand x = inputs.get(0);
    Operand w = inputs.get(1);
    Epilogue epilogue =
        Epilogue.NONE.withBias(HostBuffer.of(inputs.get(2))).withLeakyRelu(op.slope());
    if (op.pool() == 2) {
      epilogue = epilogue.withMaxPool(HostBuffer.of(outputs.get(1)));
    }
    ConvShape shape = shape(op.stride(), op.padding(), x, w);
    return new Conv2dForward(
        shape,
        HostBuffer.of(x),
        HostBuffer.of(w),
        epilogue,
        HostBuffer.of(outputs.get(0)),
        workers);
  }

  @Override
  public Kernel inputGradient(Conv2d.InputGradient op, Operand dy, Operand w, Operand dx) {
    ConvShape shape = shape(op.stride(), op.padding(), dx, w);
    return new Conv2dInputGradient(
        shape, HostBuffer.of(dy), HostBuffer.of(w), HostBuffer.of(dx), workers);
  }

  @Override
  public Kernel weightGradient(Conv2d.WeightGradient op, Operand x, Operand dy, Operand dw) {
    ConvShape shape = shape(op.stride(), op.padding(), x, dw);
    return Conv2dWeightGradient.of(
        shape, HostBuffer.of(x), HostBuffer.of(dy), HostBuffer.of(dw), workers);
  }

  @Override
  public Kernel pooledInputGradient(
      PooledConv2d.InputGradient op, Operand indices, Operand d, Operand w, Operand dx) {
    ConvShape shape = shape(op.stride(), op.padding(), dx, w);
    return Conv2dInputGradient.pooled(
        shape,
        HostBuffer.of(d),
        HostBuffer.of(indices),
        HostBuffer.of(w),
        HostBuffer.of(dx),
        workers);
  }

  @Override
  public Kernel pooledWeightGradient(
      PooledConv2d.WeightGradient op, Operand x, Operand indices, Operand d, Operand dw) {
    ConvShape shape = shape(op.stride(), op.padding(), x, dw);
    return new PooledWeightGradient(
        shape,
        HostBuffer.of(x),
        HostBuffer.of(d),
        HostBuffer.of(indices),
        HostBuffer.of(dw),
        workers);
  }

  @Override
  public Kernel linear(Operand x, Operand w, Operand b, Operand y) {
    return product(new MatMul(false, true), x, w, Optional.of(HostBuffer.of(b)), y);
  }

  @Override
  public Kernel matMul(MatMul op, Operand a, Operand b, Operand y) {
    return product(op, a, b, Optional.empty(), y);
  }

  private Kernel product(MatMul op, Operand a, Operand b, Optional<HostBuffer> bias, Operand y) {
    var shape =
        new MatrixProduct.Shape(
            y.shape().dim(0),
            y.shape().dim(1),
            a.shape().dim(op.transposeA() ? 0 : 1),
            op.transposeA(),
            op.transposeB());
    return MatrixProduct.of(
        shape, HostBuffer.of(a), HostBuffer.of(b), bias, HostBuffer.of(y), workers);
  }

  static ConvShape shape(int stride, int padding, Operand x, Operand w) {
    Shape image = x.shape();
    Shape weight = w.shape();
    return new ConvShape(
        image.dim(0),
        image.dim(1),
        image.dim(2),
        image.dim(3),
        weight.dim(3),
        weight.dim(0),
        weight.dim(1),
        stride,
        padding);
  }
}
