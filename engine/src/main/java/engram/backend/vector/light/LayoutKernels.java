package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.Narrow;
import engram.op.Pad;
import java.util.Arrays;
import java.util.List;

/** Ops that only move numbers. */
public final class LayoutKernels {
  private LayoutKernels() {}

  public static Kernel narrow(Parallel parallel, Narrow op, Operand x, Operand y) {
    HostBuffer in = HostBuffer.of(x);
    HostBuffer out = HostBuffer.of(y);
    int inner = x.shape().inner(op.axis());
    int block = op.length() * inner;
    int stride = x.shape().dim(op.axis()) * inner;
    int skip = op.start() * inner;
    return parallel.rows(
        x.shape().outer(op.axis()),
        block,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            System.arraycopy(
                in.data(),
                in.offset() + r * stride + skip,
                out.data(),
                out.offset() + r * block,
                block);
          }
        });
  }

  public static Kernel pad(Parallel parallel, Pad op, Operand x, Operand y) {
    HostBuffer in = HostBuffer.of(x);
    HostBuffer out = HostBuffer.of(y);
    int inner = x.shape().inner(op.axis());
    int block = x.shape().dim(op.axis()) * inner;
    int stride = y.shape().dim(op.axis()) * inner;
    int skip = op.before() * inner;
    return parallel.rows(
        x.shape().outer(op.axis()),
        stride,
        (from, to) -> {
          Arrays.fill(out.data(), out.offset() + from * stride, out.offset() + to * stride, 0);
          for (int r = from; r < to; r++) {
            System.arraycopy(
                in.data(),
                in.offset() + r * block,
                out.data(),
                out.offset() + r * stride + skip,
                block);
          }
        });
  }

  public static Kernel concat(Parallel parallel, int axis, List<Operand> inputs, Operand y) {
    int stride = y.shape().dim(axis) * y.shape().inner(axis);
    Kernel[] pieces = new Kernel[inputs.size()];
    int start = 0;
    for (int i = 0; i < pieces.length; i++) {
      Operand x = inputs.get(i);
      int block = x.shape().dim(axis) * x.shape().inner(axis);
      pieces[i] = copyBlocks(parallel, HostBuffer.of(x), block, HostBuffer.of(y), stride, start);
      start += block;
    }
    return () -> {
      for (Kernel piece : pieces) {
        piece.run();
      }
    };
  }

  /** Copies blocks that follow each other to where they are {@code stride} apart. */
  private static Kernel copyBlocks(
      Parallel parallel, HostBuffer x, int block, HostBuffer y, int stride, int skip) {
    return parallel.rows(
        x.elements() / block,
        block,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            System.arraycopy(
                x.data(), x.offset() + r * block, y.data(), y.offset() + r * stride + skip, block);
          }
        });
  }
}
