package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.norm.ChannelPattern;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.Narrow;
import engram.op.Pad;
import java.util.Arrays;
import java.util.List;

/** Ops that move numbers, and the bias that is added to each row. */
public record LayoutKernels(Parallel parallel) {
  public Kernel narrow(Narrow op, Operand x, Operand y) {
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

  public Kernel pad(Pad op, Operand x, Operand y) {
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

  public Kernel concat(int axis, List<Operand> inputs, Operand y) {
    int stride = y.shape().dim(axis) * y.shape().inner(axis);
    Kernel[] pieces = new Kernel[inputs.size()];
    int start = 0;
    for (int i = 0; i < pieces.length; i++) {
      Operand x = inputs.get(i);
      int block = x.shape().dim(axis) * x.shape().inner(axis);
      pieces[i] = copyBlocks(HostBuffer.of(x), block, HostBuffer.of(y), stride, start);
      start += block;
    }
    return () -> {
      for (Kernel piece : pieces) {
        piece.run();
      }
    };
  }

  /** Copies blocks that follow each other to where they are {@code stride} apart. */
  private Kernel copyBlocks(HostBuffer x, int block, HostBuffer y, int stride, int skip) {
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

  public Kernel addBias(HostBuffer x, HostBuffer bias, HostBuffer y) {
    int columns = bias.elements();
    ChannelPattern pattern = ChannelPattern.of(columns);
    float[] repeated = new float[pattern.length()];
    Kernel add =
        parallel.blocks(
            x.elements() / columns,
            pattern.rowsPerPart(),
            (from, to) -> {
              int end = to * columns;
              for (int at = from * columns; at < end; at += repeated.length) {
                add(x, repeated, y, at, Math.min(repeated.length, end - at));
              }
            });
    return () -> {
      for (int c = 0; c < columns; c++) {
        pattern.set(repeated, 0, c, bias.data()[bias.offset() + c]);
      }
      add.run();
    };
  }

  private static void add(HostBuffer x, float[] repeated, HostBuffer y, int at, int count) {
    float[] in = x.data();
    float[] out = y.data();
    int from = x.offset() + at;
    int to = y.offset() + at;
    for (int i = 0; i < count; i++) {
      out[to + i] = in[from + i] + repeated[i];
    }
  }
}
