package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.Way;
import engram.backend.vector.conv.Conv2dForward;
import engram.backend.vector.conv.Conv2dInputGradient;
import engram.backend.vector.conv.Conv2dWeightGradient;
import engram.backend.vector.conv.ConvAlgorithm;
import engram.backend.vector.conv.ConvCosts;
import engram.backend.vector.conv.ConvCosts.Direction;
import engram.backend.vector.conv.ConvShape;
import engram.backend.vector.conv.Epilogue;
import engram.backend.vector.conv.PooledWeightGradient;
import engram.backend.vector.matmul.MatrixProduct;
import engram.backend.vector.matmul.ProductCosts;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Workers;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.Linear;
import engram.op.MatMul;
import engram.op.Op;
import engram.op.PooledConv2d;
import engram.tensor.Shape;
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
        if (conv.pool() == 2) {
          epilogue = epilogue.withMaxPool(buffer(out.get(1)));
        } else if (conv.residual()) {
          epilogue = epilogue.withResidual(buffer(in.get(3)));
        }
        yield forward(shape(conv.stride(), conv.padding(), a, b), in, epilogue, y);
      }
      case Conv2d.InputGradient conv ->
          inputGradient(shape(conv.stride(), conv.padding(), y, b), a, b, y);
      case Conv2d.WeightGradient conv ->
          weightGradient(shape(conv.stride(), conv.padding(), a, y), a, b, y);
      case PooledConv2d.InputGradient conv -> {
        Operand w = in.get(2);
        ConvShape shape = shape(conv.stride(), conv.padding(), y, w);
        yield Conv2dInputGradient.pooled(
            ConvCosts.choose(Direction.POOLED_INPUT_GRADIENT, shape),
            shape,
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
        ConvCosts.choose(Direction.FORWARD, shape),
        shape,
        buffer(in.get(0)),
        buffer(in.get(1)),
        epilogue,
        buffer(y),
        workers);
  }

  private Kernel inputGradient(ConvShape shape, Operand dy, Operand w, Operand dx) {
    ConvAlgorithm way = ConvCosts.choose(Direction.INPUT_GRADIENT, shape);
    return new Conv2dInputGradient(way, shape, buffer(dy), buffer(w), buffer(dx), workers);
  }

  private Kernel weightGradient(ConvShape shape, Operand x, Operand dy, Operand dw) {
    ConvAlgorithm way = ConvCosts.choose(Direction.WEIGHT_GRADIENT, shape);
    return Conv2dWeightGradient.of(way, shape, buffer(x), buffer(dy), buffer(dw), workers);
  }

  @Override
  public List<Way> ways(Op op, List<Shape> in, Shape out) {
    return switch (op) {
      case Conv2d conv -> forward(conv.stride(), conv.padding(), in);
      case FusedConv2d conv -> forward(conv.stride(), conv.padding(), in);
      case Conv2d.InputGradient conv ->
          ways(
              Direction.INPUT_GRADIENT,
              ConvShape.of(conv.stride(), conv.padding(), out, in.get(1)));
      case PooledConv2d.InputGradient conv ->
          ways(
              Direction.POOLED_INPUT_GRADIENT,
              ConvShape.of(conv.stride(), conv.padding(), out, in.get(2)));
      case Conv2d.WeightGradient conv ->
          ways(
              Direction.WEIGHT_GRADIENT,
              ConvShape.of(conv.stride(), conv.padding(), in.get(0), out));
      case Linear _ -> ways(product(new MatMul(false, true), in.get(0), out));
      case MatMul product -> ways(product(product, in.get(0), out));
      default -> List.of();
    };
  }

  private static List<Way> ways(Direction direction, ConvShape shape) {
    return ConvCosts.of(direction, shape).stream()
        .map(e -> new Way(e.algorithm().toString(), e.cost()))
        .toList();
  }

  private static List<Way> ways(MatrixProduct.Shape shape) {
    return ProductCosts.of(shape).stream().map(e -> new Way(e.way().toString(), e.cost())).toList();
  }

  private static List<Way> forward(int stride, int padding, List<Shape> in) {
    return ways(Direction.FORWARD, ConvShape.of(stride, padding, in.get(0), in.get(1)));
  }

  private Kernel product(MatMul op, Operand a, Operand b, Optional<HostBuffer> bias, Operand y) {
    MatrixProduct.Shape shape = product(op, a.shape(), y.shape());
    return MatrixProduct.of(shape, buffer(a), buffer(b), bias, buffer(y), workers);
  }

  private static MatrixProduct.Shape product(MatMul op, Shape a, Shape y) {
    return new MatrixProduct.Shape(
        y.dim(0), y.dim(1), a.dim(op.transposeA() ? 0 : 1), op.transposeA(), op.transposeB());
  }

  private static ConvShape shape(int stride, int padding, Operand x, Operand w) {
    return ConvShape.of(stride, padding, x.shape(), w.shape());
  }

  private static HostBuffer buffer(Operand operand) {
    return HostBuffer.of(operand);
  }
}
