package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.light.ElementwiseKernels;
import engram.backend.vector.light.Loops;
import engram.backend.vector.light.PoolKernels;
import engram.backend.vector.light.RowKernels;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.Conv2d;
import engram.op.FusedConv2d;
import engram.op.MatMul;
import engram.op.PooledConv2d;
import engram.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The heavy ops as plain loops: what runs when the Vector API is absent, and the twin against which
 * the vector kernels are tested.
 */
final class PlainKernels implements DenseKernels {
  private final Parallel parallel;

  PlainKernels(Parallel parallel) {
    this.parallel = parallel;
  }

  @Override
  public Kernel conv2d(Conv2d op, Operand x, Operand w, Operand y) {
    Geometry g = Geometry.of(op.stride(), op.padding(), x.shape(), w.shape(), y.shape());
    HostBuffer in = HostBuffer.of(x);
    HostBuffer weight = HostBuffer.of(w);
    HostBuffer out = HostBuffer.of(y);
    int outputs = w.shape().dim(3);
    int inputs = w.shape().dim(2);
    return parallel.blocks(
        y.shape().dim(0),
        1,
        (image, end) -> {
          int size = g.outHeight * g.outWidth * outputs;
          Arrays.fill(
              out.data(), out.offset() + image * size, out.offset() + image * size + size, 0);
          g.forEachTap(
              image,
              (xAt, tap, yAt) -> {
                for (int c = 0; c < inputs; c++) {
                  float value = in.data()[in.offset() + xAt + c];
                  int wAt = weight.offset() + (tap * inputs + c) * outputs;
                  for (int o = 0; o < outputs; o++) {
                    out.data()[out.offset() + yAt + o] += value * weight.data()[wAt + o];
                  }
                }
              });
        });
  }

  /** Pooling, bias and activation in the order of the op's definition, each a pass of its own. */
  @Override
  public Kernel fusedConv2d(FusedConv2d op, List<Operand> inputs, List<Operand> outputs) {
    Operand x = inputs.get(0);
    Operand w = inputs.get(1);
    HostBuffer bias = HostBuffer.of(inputs.get(2));
    HostBuffer y = HostBuffer.of(outputs.get(0));
    Operand z = op.pool() == 2 ? convolved(op.convolution(), x, w) : outputs.get(0);
    Kernel sums = conv2d(op.convolution(), x, w, z);
    Kernel pooled =
        op.pool() == 2
            ? PoolKernels.maxPool2d(
                parallel, Loops.plain(), 2, 2, z, outputs.get(0), outputs.get(1))
            : () -> {};
    return inOrder(
        sums,
        pooled,
        RowKernels.addBias(parallel, y, bias, y),
        ElementwiseKernels.leakyRelu(parallel, Loops.plain(), op.slope(), y, y));
  }

  @Override
  public Kernel inputGradient(Conv2d.InputGradient op, Operand dy, Operand w, Operand dx) {
    Geometry g = Geometry.of(op.stride(), op.padding(), dx.shape(), w.shape(), dy.shape());
    HostBuffer in = HostBuffer.of(dy);
    HostBuffer weight = HostBuffer.of(w);
    HostBuffer out = HostBuffer.of(dx);
    int outputs = w.shape().dim(3);
    int inputs = w.shape().dim(2);
    return parallel.blocks(
        dx.shape().dim(0),
        1,
        (image, end) -> {
          int size = g.height * g.width * inputs;
          Arrays.fill(
              out.data(), out.offset() + image * size, out.offset() + image * size + size, 0);
          g.forEachTap(
              image,
              (xAt, tap, yAt) -> {
                for (int c = 0; c < inputs; c++) {
                  int wAt = weight.offset() + (tap * inputs + c) * outputs;
                  float sum = 0;
                  for (int o = 0; o < outputs; o++) {
                    sum += in.data()[in.offset() + yAt + o] * weight.data()[wAt + o];
                  }
                  out.data()[out.offset() + xAt + c] += sum;
                }
              });
        });
  }

  @Override
  public Kernel weightGradient(Conv2d.WeightGradient op, Operand x, Operand dy, Operand dw) {
    Geometry g = Geometry.of(op.stride(), op.padding(), x.shape(), dw.shape(), dy.shape());
    HostBuffer in = HostBuffer.of(x);
    HostBuffer gradient = HostBuffer.of(dy);
    HostBuffer out = HostBuffer.of(dw);
    int outputs = dw.shape().dim(3);
    int inputs = dw.shape().dim(2);
    // One task an input channel: no two tasks write the same weight.
    return parallel.blocks(
        inputs,
        1,
        (c, end) -> {
          for (int tap = 0; tap < g.kernelHeight * g.kernelWidth; tap++) {
            int wAt = out.offset() + (tap * inputs + c) * outputs;
            Arrays.fill(out.data(), wAt, wAt + outputs, 0);
          }
          for (int image = 0; image < x.shape().dim(0); image++) {
            g.forEachTap(
                image,
                (xAt, tap, yAt) -> {
                  float value = in.data()[in.offset() + xAt + c];
                  int wAt = out.offset() + (tap * inputs + c) * outputs;
                  for (int o = 0; o < outputs; o++) {
                    out.data()[wAt + o] += value * gradient.data()[gradient.offset() + yAt + o];
                  }
                });
          }
        });
  }

  @Override
  public Kernel pooledInputGradient(
      PooledConv2d.InputGradient op, Operand indices, Operand d, Operand w, Operand dx) {
    Operand dy = convolved(new Conv2d(op.stride(), op.padding()), dx, w);
    return inOrder(
        unpool(indices, d, dy),
        inputGradient(
            new Conv2d.InputGradient(op.stride(), op.padding(), op.height(), op.width()),
            dy,
            w,
            dx));
  }

  @Override
  public Kernel pooledWeightGradient(
      PooledConv2d.WeightGradient op, Operand x, Operand indices, Operand d, Operand dw) {
    Operand dy = convolved(new Conv2d(op.stride(), op.padding()), x, dw);
    return inOrder(
        unpool(indices, d, dy),
        weightGradient(
            new Conv2d.WeightGradient(
                op.stride(), op.padding(), op.kernelHeight(), op.kernelWidth()),
            x,
            dy,
            dw));
  }

  private Kernel unpool(Operand indices, Operand d, Operand dy) {
    return PoolKernels.maxPool2dGradient(parallel, Loops.plain(), 2, 2, indices, d, dy);
  }

  /** Room for the output of a convolution. */
  private static Operand convolved(Conv2d op, Operand x, Operand w) {
    Shape shape = op.outputs(List.of(x.shape(), w.shape())).getFirst();
    return new Operand(shape, HostBuffer.allocate(shape.elements()));
  }

  private static Kernel inOrder(Kernel... kernels) {
    return () -> {
      for (Kernel kernel : kernels) {
        kernel.run();
      }
    };
  }

  @Override
  public Kernel linear(Operand x, Operand w, Operand b, Operand y) {
    return inOrder(
        matMul(new MatMul(false, true), x, w, y),
        RowKernels.addBias(parallel, HostBuffer.of(y), HostBuffer.of(b), HostBuffer.of(y)));
  }

  @Override
  public Kernel matMul(MatMul op, Operand a, Operand b, Operand y) {
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

  /** Which input pixel meets which output pixel under which kernel tap. */
  private record Geometry(
      int stride,
      int padding,
      int height,
      int width,
      int channels,
      int kernelHeight,
      int kernelWidth,
      int outHeight,
      int outWidth,
      int outputs) {

    interface Tap {
      void visit(int xAt, int tap, int yAt);
    }

    static Geometry of(int stride, int padding, Shape x, Shape w, Shape y) {
      return new Geometry(
          stride, padding, x.dim(1), x.dim(2), x.dim(3), w.dim(0), w.dim(1), y.dim(1), y.dim(2),
          y.dim(3));
    }

    void forEachTap(int image, Tap body) {
      for (int p = 0; p < outHeight; p++) {
        for (int q = 0; q < outWidth; q++) {
          int yAt = ((image * outHeight + p) * outWidth + q) * outputs;
          for (int i = 0; i < kernelHeight; i++) {
            int row = p * stride + i - padding;
            for (int j = 0; row >= 0 && row < height && j < kernelWidth; j++) {
              int column = q * stride + j - padding;
              if (column >= 0 && column < width) {
                int xAt = ((image * height + row) * width + column) * channels;
                body.visit(xAt, i * kernelWidth + j, yAt);
              }
            }
          }
        }
      }
    }
  }
}
