package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.op.Narrow;
import engram.op.Pad;
import java.util.Arrays;

/** Ops that only move numbers. */
final class LayoutKernels {
  private LayoutKernels() {}

  static Kernel narrow(Parallel parallel, Narrow op, Operand x, Operand y) {
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

  static Kernel pad(Parallel parallel, Pad op, Operand x, Operand y) {
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
}
