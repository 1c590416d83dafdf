package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;

/** Rows scaled to length one, and the gradient. */
public final class NormalizeKernels {
  private NormalizeKernels() {}

  public static Kernel l2Normalize(
      Parallel parallel, float eps, Operand x, Operand y, Operand length) {
    HostBuffer in = HostBuffer.of(x);
    HostBuffer out = HostBuffer.of(y);
    HostBuffer lengths = HostBuffer.of(length);
    int columns = x.shape().dim(-1);
    return parallel.rows(
        x.shape().rows(),
        columns,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int at = in.offset() + r * columns;
            double norm = Math.sqrt(RowSums.dot(in.data(), at, in.data(), at, columns));
            float divisor = Math.max((float) norm, eps);
            lengths.data()[lengths.offset() + r] = divisor;
            divide(in.data(), at, divisor, out.data(), out.offset() + r * columns, columns);
          }
        });
  }

  private static void divide(float[] x, int xAt, float divisor, float[] y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] = x[xAt + i] / divisor;
    }
  }

  public static Kernel l2NormalizeGradient(
      Parallel parallel, float eps, Operand y, Operand length, Operand dy, Operand dx) {
    HostBuffer normal = HostBuffer.of(y);
    HostBuffer lengths = HostBuffer.of(length);
    HostBuffer in = HostBuffer.of(dy);
    HostBuffer out = HostBuffer.of(dx);
    int columns = y.shape().dim(-1);
    return parallel.rows(
        y.shape().rows(),
        columns,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int yAt = normal.offset() + r * columns;
            int dyAt = in.offset() + r * columns;
            float divisor = lengths.data()[lengths.offset() + r];
            float along =
                divisor == eps
                    ? 0
                    : (float) RowSums.dot(normal.data(), yAt, in.data(), dyAt, columns);
            project(
                normal.data(),
                yAt,
                in.data(),
                dyAt,
                along,
                divisor,
                out.data(),
                out.offset() + r * columns,
                columns);
          }
        });
  }

  /** {@code dx = (dy - y * along) / divisor}. */
  private static void project(
      float[] y,
      int yAt,
      float[] dy,
      int dyAt,
      float along,
      float divisor,
      float[] dx,
      int dxAt,
      int count) {
    for (int i = 0; i < count; i++) {
      dx[dxAt + i] = (dy[dyAt + i] - y[yAt + i] * along) / divisor;
    }
  }
}
