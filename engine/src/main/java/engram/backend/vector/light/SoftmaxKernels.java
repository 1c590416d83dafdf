package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;

/** Softmax and log-softmax over rows, and their gradients. Sums are taken in double, in order. */
public final class SoftmaxKernels {
  /** An exponential costs about as much as this many elements of light work. */
  static final int EXP_COST = 16;

  private SoftmaxKernels() {}

  public static Kernel softmax(Parallel parallel, Operand x, Operand y) {
    int columns = x.shape().dim(-1);
    HostBuffer in = HostBuffer.of(x);
    HostBuffer out = HostBuffer.of(y);
    return parallel.rows(
        x.shape().rows(),
        columns * EXP_COST,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            int xAt = in.offset() + r * columns;
            double sum = logSumExp(in.data(), xAt, columns, 1);
            probabilities(in.data(), xAt, columns, 1, sum, out.data(), out.offset() + r * columns);
          }
        });
  }

  /**
   * {@code log(sum over i of exp(scale x[at + i]))} of {@code count} elements, with the maximum
   * taken out first; NaN where an element is NaN or +infinity, or where all are -infinity.
   *
   * <p>Exponentials and logarithms are those of {@link StrictMath}, the same bits interpreted,
   * compiled and on any machine, which neither {@link Math} nor the Vector API promises. The
   * reference, which judges this, has a formula of its own: it divides by the temperature first.
   */
  static double logSumExp(float[] x, int at, int count, double scale) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + count; i++) {
      max = Math.max(max, x[i]);
    }
    double sum = 0;
    for (int i = at; i < at + count; i++) {
      sum += StrictMath.exp((x[i] - (double) max) * scale);
    }
    return max * scale + StrictMath.log(sum);
  }

  /** {@code p[k] = exp(scale x[k] - logSum)}. */
  static void probabilities(
      float[] x, int xAt, int count, double scale, double logSum, float[] p, int pAt) {
    for (int k = 0; k < count; k++) {
      p[pAt + k] = (float) StrictMath.exp(x[xAt + k] * scale - logSum);
    }
  }

  public static Kernel softmaxGradient(Parallel parallel, Operand y, Operand dy, Operand dx) {
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

  public static Kernel logSoftmax(Parallel parallel, Operand x, Operand y) {
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
            double sum = logSumExp(in.data(), xAt, columns, 1);
            for (int k = 0; k < columns; k++) {
              out.data()[yAt + k] = (float) (in.data()[xAt + k] - sum);
            }
          }
        });
  }

  public static Kernel logSoftmaxGradient(Parallel parallel, Operand y, Operand dy, Operand dx) {
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
}
