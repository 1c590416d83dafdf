package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.conv.ConvShape;
import engram.backend.vector.light.ElementwiseKernels;
import engram.backend.vector.light.LayoutKernels;
import engram.backend.vector.light.Loops;
import engram.backend.vector.light.PoolKernels;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.Conv2d;
import engram.op.Elementwise;
import engram.op.FusedConv2d;
import engram.op.Linear;
import engram.op.MatMul;
import engram.op.Op;
import engram.op.PooledConv2d;
import engram.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The heavy ops as plain loops: what runs when the Vector API is absent, and the twin against which
 * the vector kernels are tested.
 */
record PlainKernels(Parallel parallel) implements DenseKernels {
  @Override
  public Kernel bind(Op op, List<Operand> in, List<Operand> out) {
    Operand a = in.get(0);
    Operand b = in.get(1);
    Operand y = out.get(0);
    return switch (op) {
      case Conv2d conv -> forward(shape(conv.stride(), conv.padding(), a, b), a, b, y);
      case Conv2d.InputGradient conv ->
          inputGradient(shape(conv.stride(), conv.padding(), y, b), a, b, y);
      case Conv2d.WeightGradient conv ->
          weightGradient(shape(conv.stride(), conv.padding(), a, y), a, b, y);
      case FusedConv2d conv -> fused(conv, in, out);
      case PooledConv2d.InputGradient conv -> {
        Operand w = in.get(2);
        ConvShape shape = shape(conv.stride(), conv.padding(), y, w);
        Operand dy = output(shape);
        yield inOrder(unpool(a, b, dy), inputGradient(shape, dy, w, y));
      }
      case PooledConv2d.WeightGradient conv -> {
        ConvShape shape = shape(conv.stride(), conv.padding(), a, y);
        Operand dy = output(shape);
        yield inOrder(unpool(b, in.get(2), dy), weightGradient(shape, a, dy, y));
      }
      case Linear _ -> inOrder(matMul(new MatMul(false, true), a, b, y), addBias(in.get(2), y));
      case MatMul product -> matMul(product, a, b, y);
      default -> throw new AssertionError(op);
    };
  }

  private Kernel forward(ConvShape s, Operand x, Operand w, Operand y) {
    HostBuffer in = HostBuffer.of(x);
    HostBuffer weight = HostBuffer.of(w);
    HostBuffer out = HostBuffer.of(y);
    return parallel.blocks(
        s.n(),
        1,
        (image, end) -> {
          clear(out, image, s.yLength() / s.n());
          forEachTap(
              s,
              image,
              (xAt, tap, yAt) -> {
                for (int c = 0; c < s.c(); c++) {
                  float value = in.data()[in.offset() + xAt + c];
                  int wAt = weight.offset() + (tap * s.c() + c) * s.o();
                  for (int o = 0; o < s.o(); o++) {
                    out.data()[out.offset() + yAt + o] += value * weight.data()[wAt + o];
                  }
                }
              });
        });
  }

  /**
   * Pooling, bias, residual and activation in the order of the op's definition, each a pass of its
   * own.
   */
  private Kernel fused(FusedConv2d op, List<Operand> in, List<Operand> out) {
    ConvShape shape = shape(op.stride(), op.padding(), in.get(0), in.get(1));
    Operand y = out.get(0);
    Operand z = op.pool() == 2 ? output(shape) : y;
    HostBuffer activated = HostBuffer.of(y);
    ElementwiseKernels elementwise = new ElementwiseKernels(parallel, Loops.plain());
    return inOrder(
        forward(shape, in.get(0), in.get(1), z),
        op.pool() == 2 ? pooling().maxPool2d(2, 2, z, y, out.get(1)) : () -> {},
        addBias(in.get(2), y),
        op.residual()
            ? elementwise.arithmetic(
                Elementwise.Kind.ADD, activated, HostBuffer.of(in.get(3)), activated)
            : () -> {},
        op.slope() == 0
            ? elementwise.relu(activated, activated)
            : elementwise.leakyRelu(op.slope(), activated, activated));
  }

  private Kernel inputGradient(ConvShape s, Operand dy, Operand w, Operand dx) {
    HostBuffer in = HostBuffer.of(dy);
    HostBuffer weight = HostBuffer.of(w);
    HostBuffer out = HostBuffer.of(dx);
    return parallel.blocks(
        s.n(),
        1,
        (image, end) -> {
          clear(out, image, s.xLength() / s.n());
          forEachTap(
              s,
              image,
              (xAt, tap, yAt) -> {
                for (int c = 0; c < s.c(); c++) {
                  int wAt = weight.offset() + (tap * s.c() + c) * s.o();
                  float sum = 0;
                  for (int o = 0; o < s.o(); o++) {
                    sum += in.data()[in.offset() + yAt + o] * weight.data()[wAt + o];
                  }
                  out.data()[out.offset() + xAt + c] += sum;
                }
              });
        });
  }

  private Kernel weightGradient(ConvShape s, Operand x, Operand dy, Operand dw) {
    HostBuffer in = HostBuffer.of(x);
    HostBuffer gradient = HostBuffer.of(dy);
    HostBuffer out = HostBuffer.of(dw);
    // One task an input channel: no two tasks write the same weight.
    return parallel.blocks(
        s.c(),
        1,
        (c, end) -> {
          for (int tap = 0; tap < s.kh() * s.kw(); tap++) {
            clear(out, tap * s.c() + c, s.o());
          }
          for (int image = 0; image < s.n(); image++) {
            forEachTap(
                s,
                image,
                (xAt, tap, yAt) -> {
                  float value = in.data()[in.offset() + xAt + c];
                  int wAt = out.offset() + (tap * s.c() + c) * s.o();
                  for (int o = 0; o < s.o(); o++) {
                    out.data()[wAt + o] += value * gradient.data()[gradient.offset() + yAt + o];
                  }
                });
          }
        });
  }

  /** Zeros in block {@code number} of blocks of {@code length}. */
  private static void clear(HostBuffer buffer, int number, int length) {
    int from = buffer.offset() + number * length;
    Arrays.fill(buffer.data(), from, from + length, 0);
  }

  private static ConvShape shape(int stride, int padding, Operand x, Operand w) {
    return ConvShape.of(stride, padding, x.shape(), w.shape());
  }

  /** Room for the output of a convolution. */
  private static Operand output(ConvShape s) {
    Shape y = Shape.shape(s.n(), s.outH(), s.outW(), s.o());
    return new Operand(y, HostBuffer.allocate(y.elements()));
  }

  private PoolKernels pooling() {
    return new PoolKernels(parallel, Loops.plain());
  }

  private Kernel unpool(Operand indices, Operand d, Operand dy) {
    return pooling().maxPool2dGradient(2, 2, indices, d, dy);
  }

  private Kernel addBias(Operand bias, Operand y) {
    HostBuffer sums = HostBuffer.of(y);
    return new LayoutKernels(parallel).addBias(sums, HostBuffer.of(bias), sums);
  }

  private static Kernel inOrder(Kernel... kernels) {
    return () -> {
      for (Kernel kernel : kernels) {
        kernel.run();
      }
    };
  }

  private Kernel matMul(MatMul op, Operand a, Operand b, Operand y) {
    HostBuffer left = HostBuffer.of(a);
    HostBuffer right = HostBuffer.of(b);
    HostBuffer out = HostBuffer.of(y);
    int columns = y.shape().dim(1);
    int inner = a.shape().dim(op.transposeA() ? 0 : 1);
    int aRow = op.transposeA() ? 1 : inner;
    int aStep = op.transposeA() ? a.shape().dim(1) : 1;
    int bColumn = op.transposeB() ? inner : 1;
    int bStep = op.transposeB() ? 1 : columns;
    return parallel.rows(
        y.shape().dim(0),
        Math.multiplyExact(columns, Math.min(inner, 1024)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            for (int j = 0; j < columns; j++) {
              int aAt = left.offset() + i * aRow;
              int bAt = right.offset() + j * bColumn;
              float sum = 0;
              for (int k = 0; k < inner; k++) {
                sum += left.data()[aAt + k * aStep] * right.data()[bAt + k * bStep];
              }
              out.data()[out.offset() + i * columns + j] = sum;
            }
          }
        });
  }

  /** An input pixel, the kernel tap under which it lies, and the output pixel that they add to. */
  private interface Tap {
    void visit(int xAt, int tap, int yAt);
  }

  private static void forEachTap(ConvShape s, int image, Tap body) {
    for (int p = 0; p < s.outH(); p++) {
      for (int q = 0; q < s.outW(); q++) {
        int yAt = ((image * s.outH() + p) * s.outW() + q) * s.o();
        for (int i = 0; i < s.kh(); i++) {
          int row = p * s.stride() + i - s.padding();
          for (int j = 0; row >= 0 && row < s.h() && j < s.kw(); j++) {
            int column = q * s.stride() + j - s.padding();
            if (column >= 0 && column < s.w()) {
              body.visit(((image * s.h() + row) * s.w() + column) * s.c(), i * s.kw() + j, yAt);
            }
          }
        }
      }
    }
  }
}
