package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;

/**
 * Ops that treat each row alone: softmax, log-softmax, scaling to length one, and their gradients.
 * Sums are taken in double, in order.
 */
public record RowKernels(Parallel parallel) {
  /** An exponential costs about as much as this many elements of light work. */
  static final int EXP_COST = 16;

  public Kernel softmax(Operand x, Operand y) {
    int columns = x.shape().dim(-1);
    HostBuffer in = HostBuffer.of(x);
    HostBuffer out = HostBuffer.of(y);
    return parallel.rows(
        x.shape().rows(),
        columns * EXP_COST,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int xAt = in.offset() + r * columns;
            int yAt = out.offset() + r * columns;
            float max = max(in.data(), xAt, columns);
            double logSum = logSumExp(in.data(), xAt, columns, max, 1);
            probabilities(in.data(), xAt, columns, max, logSum, out.data(), yAt);
          }
        });
  }

  /** The largest of {@code count} elements; NaN if one is NaN. */
  static float max(float[] x, int at, int count) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + count; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  /**
   * {@code log(sum over i of exp(scale (x[at + i] - max)))} of {@code count} elements; NaN where
   * one is NaN or +infinity, or where all are -infinity. The maximum is not added back: beside a
   * large one the logarithm would be lost.
   *
   * <p>Exponentials and logarithms are those of {@link StrictMath}, the same bits interpreted,
   * compiled and on any machine, which neither {@link Math} nor the Vector API promises.
   */
  static double logSumExp(float[] x, int at, int count, float max, double scale) {
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      sum += StrictMath.exp((x[i] - (double) max) * scale);
    }
    return StrictMath.log(sum);
  }

  /** {@code p[k] = exp(x[k] - max - logSum)}. */
  static void probabilities(
      float[] x, int xAt, int count, float max, double logSum, float[] p, int pAt) {
    for (int k = 0; k < count; k++) {
      p[pAt + k] = (float) StrictMath.exp(x[xAt + k] - (double) max - logSum);
    }
  }

  public Kernel softmaxGradient(Operand y, Operand dy, Operand dx) {
    int columns = y.shape().dim(-1);
    HostBuffer value = HostBuffer.of(y);
    HostBuffer in = HostBuffer.of(dy);
    HostBuffer out = HostBuffer.of(dx);
    return parallel.rows(
        y.shape().rows(),
        columns,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int yAt = value.offset() + r * columns;
            int inAt = in.offset() + r * columns;
            int outAt = out.offset() + r * columns;
            double sum = 0;
            for (int k = 0; k < columns; k++) {
              sum += value.data()[yAt + k] * (double) in.data()[inAt + k];
            }
            for (int k = 0; k < columns; k++) {
              out.data()[outAt + k] = (float) (value.data()[yAt + k] * (in.data()[inAt + k] - sum));
            }
          }
        });
  }

  public Kernel logSoftmax(Operand x, Operand y) {
    int columns = x.shape().dim(-1);
    HostBuffer in = HostBuffer.of(x);
    HostBuffer out = HostBuffer.of(y);
    return parallel.rows(
        x.shape().rows(),
        columns * EXP_COST,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int xAt = in.offset() + r * columns;
            int yAt = out.offset() + r * columns;
            double max = max(in.data(), xAt, columns);
            double logSum = logSumExp(in.data(), xAt, columns, (float) max, 1);
            for (int k = 0; k < columns; k++) {
              out.data()[yAt + k] = (float) (in.data()[xAt + k] - max - logSum);
            }
          }
        });
  }

  public Kernel logSoftmaxGradient(Operand y, Operand dy, Operand dx) {
    int columns = y.shape().dim(-1);
    HostBuffer value = HostBuffer.of(y);
    HostBuffer in = HostBuffer.of(dy);
    HostBuffer out = HostBuffer.of(dx);
    return parallel.rows(
        y.shape().rows(),
        columns * EXP_COST,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int yAt = value.offset() + r * columns;
            int inAt = in.offset() + r * columns;
            int outAt = out.offset() + r * columns;
            double sum = 0;
            for (int k = 0; k < columns; k++) {
              sum += in.data()[inAt + k];
            }
            for (int k = 0; k < columns; k++) {
              double probability = StrictMath.exp(value.data()[yAt + k]);
              out.data()[outAt + k] = (float) (in.data()[inAt + k] - probability * sum);
            }
          }
        });
  }

  public Kernel l2Normalize(float eps, Operand x, Operand y, Operand length) {
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

  public Kernel l2NormalizeGradient(float eps, Operand y, Operand length, Operand dy, Operand dx) {
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
