package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;

/** Ops that see a tensor as rows of its innermost axis: bias and sums over rows. */
public final class RowKernels {
  /** Rows whose sums are taken together, then added in order: the same cut at any thread count. */
  private static final int ROWS_PER_PART = 512;

  private RowKernels() {}

  public static Kernel addBias(Parallel parallel, HostBuffer x, HostBuffer bias, HostBuffer y) {
    int columns = bias.elements();
    ChannelPattern pattern = new ChannelPattern(columns);
    float[] repeated = pattern.values();
    Kernel add =
        ChannelPattern.loop(
            parallel,
            x.elements() / columns,
            columns,
            (at, count) -> {
              float[] in = x.data();
              float[] out = y.data();
              int from = x.offset() + at;
              int to = y.offset() + at;
              for (int i = 0; i < count; i++) {
                out[to + i] = in[from + i] + repeated[i];
              }
            });
    return () -> {
      for (int c = 0; c < columns; c++) {
        pattern.set(c, bias.data()[bias.offset() + c]);
      }
      add.run();
    };
  }

  public static Kernel sumRows(Parallel parallel, HostBuffer x, HostBuffer y) {
    int columns = y.elements();
    int rows = x.elements() / columns;
    int parts = (rows + ROWS_PER_PART - 1) / ROWS_PER_PART;
    float[] partial = new float[parts * columns];
    Kernel sums =
        parallel.blocks(
            rows,
            ROWS_PER_PART,
            (from, to) -> {
              int part = from / ROWS_PER_PART * columns;
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
