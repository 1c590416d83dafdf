package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.Expand;
import engram.op.Reduce;
import java.util.Arrays;

/** Sums and means over axes, and their gradient. Tensors are seen as [outer, middle, inner]. */
public record ReduceKernels(Parallel parallel) {
  /** Elements of a line along the middle that are summed together when inner is 1. */
  private static final int ELEMENTS_PER_PART = 16 * 1024;

  /** Rows of inner elements that are summed together in float: few, to keep rounding small. */
  private static final int ROWS_PER_PART = 256;

  /** Rows of a matrix whose sums are taken together in {@link #sumRows}. */
  private static final int ROWS_OF_A_SUM = 512;

  public Kernel reduce(Reduce op, Operand x, Operand y) {
    HostBuffer in = HostBuffer.of(x);
    HostBuffer out = HostBuffer.of(y);
    int inner = x.shape().inner(op.last());
    int middle = op.count(x.shape());
    int outer = x.shape().outer(op.first());
    int rows = Math.min(middle, inner == 1 ? ELEMENTS_PER_PART : ROWS_PER_PART);
    int parts = (middle + rows - 1) / rows;
    float divisor = op.kind() == Reduce.Kind.MEAN ? middle : 1;
    float[] partial = new float[outer * parts * inner];
    Kernel sums =
        parallel.rows(
            outer * parts,
            rows * inner,
            (from, to) -> {
              for (int task = from; task < to; task++) {
                int start = task % parts * rows;
                int at = in.offset() + (task / parts * middle + start) * inner;
                int count = Math.min(rows, middle - start);
                if (inner == 1) {
                  partial[task] = (float) RowSums.sum(in.data(), at, count);
                } else {
                  ColumnSums.sum(in.data(), at, count, inner, partial, task * inner);
                }
              }
            });
    Kernel combine =
        parallel.rows(
            outer,
            parts * inner,
            (from, to) -> {
              for (int o = from; o < to; o++) {
                for (int i = 0; i < inner; i++) {
                  double sum = 0;
                  for (int part = 0; part < parts; part++) {
                    sum += partial[(o * parts + part) * inner + i];
                  }
                  out.data()[out.offset() + o * inner + i] = (float) (sum / divisor);
                }
              }
            });
    return () -> {
      sums.run();
      combine.run();
    };
  }

  public Kernel expand(Expand op, Operand x, Operand y) {
    HostBuffer in = HostBuffer.of(x);
    HostBuffer out = HostBuffer.of(y);
    int inner = op.output().inner(op.last());
    int outer = op.output().outer(op.first());
    int middle = op.output().elements() / outer / inner;
    return parallel.rows(
        outer * middle,
        inner,
        (from, to) -> {
          if (inner == 1) {
            for (int r = from; r < to; ) {
              int end = Math.min(to, (r / middle + 1) * middle);
              Arrays.fill(
                  out.data(),
                  out.offset() + r,
                  out.offset() + end,
                  in.data()[in.offset() + r / middle]);
              r = end;
            }
          } else {
            for (int r = from; r < to; r++) {
              System.arraycopy(
                  in.data(),
                  in.offset() + r / middle * inner,
                  out.data(),
                  out.offset() + r * inner,
                  inner);
            }
          }
        });
  }

  public Kernel sumRows(HostBuffer x, HostBuffer y) {
    int columns = y.elements();
    int rows = x.elements() / columns;
    int parts = (rows + ROWS_OF_A_SUM - 1) / ROWS_OF_A_SUM;
    float[] partial = new float[parts * columns];
    Kernel sums =
        parallel.blocks(
            rows,
            ROWS_OF_A_SUM,
            (from, to) -> {
              int part = from / ROWS_OF_A_SUM * columns;
              int at = x.offset() + from * columns;
              ColumnSums.sum(x.data(), at, to - from, columns, partial, part);
            });
    return () -> {
      sums.run();
      for (int c = 0; c < columns; c++) {
        double sum = partial[c];
        for (int part = 1; part < parts; part++) {
          sum += partial[part * columns + c];
        }
        y.data()[y.offset() + c] = (float) sum;
      }
    };
  }
}
