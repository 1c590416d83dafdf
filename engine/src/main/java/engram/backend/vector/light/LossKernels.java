package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.KdLoss;
import java.util.Arrays;

/**
 * Losses over rows of logits, and their gradients. Each row's share is found in parallel and in
 * double; the shares are then added in order.
 */
public record LossKernels(Parallel parallel) {
  /** What one row adds to a loss. */
  @FunctionalInterface
  interface RowLoss {
    double of(int row);
  }

  private Kernel mean(int rows, int columns, double scale, RowLoss rowLoss, HostBuffer loss) {
    double[] shares = new double[rows];
    Kernel each =
        parallel.rows(
            rows,
            columns * RowKernels.EXP_COST,
            (from, to) -> {
              for (int r = from; r < to; r++) {
                shares[r] = rowLoss.of(r);
              }
            });
    return () -> {
      each.run();
      double total = 0;
      for (double share : shares) {
        total += share;
      }
      loss.data()[loss.offset()] = (float) (total * scale / rows);
    };
  }

  public Kernel crossEntropy(Operand logits, HostBuffer labels, HostBuffer loss, HostBuffer p) {
    RowLoss rowLoss = crossEntropyRow(logits, labels, p);
    return mean(logits.shape().dim(0), logits.shape().dim(1), 1, rowLoss, loss);
  }

  /** Cross-entropy of a row; writes its probabilities, NaN where the label is no class. */
  static RowLoss crossEntropyRow(Operand logits, HostBuffer labels, HostBuffer p) {
    int classes = logits.shape().dim(1);
    HostBuffer in = HostBuffer.of(logits);
    return row -> {
      int at = in.offset() + row * classes;
      float max = RowKernels.max(in.data(), at, classes);
      double logSum = RowKernels.logSumExp(in.data(), at, classes, max, 1);
      RowKernels.probabilities(
          in.data(), at, classes, max, logSum, p.data(), p.offset() + row * classes);
      float label = labels.data()[labels.offset() + row];
      boolean isClass = label >= 0 && label < classes && label == (int) label;
      if (!isClass) {
        int out = p.offset() + row * classes;
        Arrays.fill(p.data(), out, out + classes, Float.NaN);
        return Double.NaN;
      }
      return logSum - (in.data()[at + (int) label] - (double) max);
    };
  }

  public Kernel crossEntropyGradient(
      Operand p, HostBuffer labels, HostBuffer dloss, HostBuffer dlogits) {
    int classes = p.shape().dim(1);
    int batch = p.shape().dim(0);
    HostBuffer in = HostBuffer.of(p);
    return parallel.rows(
        batch,
        classes,
        (from, to) -> {
          float scale = dloss.data()[dloss.offset()] / batch;
          for (int r = from; r < to; r++) {
            float label = labels.data()[labels.offset() + r];
            int at = in.offset() + r * classes;
            int out = dlogits.offset() + r * classes;
            for (int k = 0; k < classes; k++) {
              dlogits.data()[out + k] = (in.data()[at + k] - (k == label ? 1 : 0)) * scale;
            }
          }
        });
  }

  public Kernel softCrossEntropy(
      Operand logits, HostBuffer targets, HostBuffer loss, HostBuffer p) {
    int classes = logits.shape().dim(1);
    HostBuffer in = HostBuffer.of(logits);
    RowLoss rowLoss =
        row -> {
          int at = in.offset() + row * classes;
          int target = targets.offset() + row * classes;
          float max = RowKernels.max(in.data(), at, classes);
          double logSum = RowKernels.logSumExp(in.data(), at, classes, max, 1);
          RowKernels.probabilities(
              in.data(), at, classes, max, logSum, p.data(), p.offset() + row * classes);
          double share = 0;
          for (int k = 0; k < classes; k++) {
            share += targets.data()[target + k] * (logSum - (in.data()[at + k] - (double) max));
          }
          return share;
        };
    return mean(logits.shape().dim(0), classes, 1, rowLoss, loss);
  }

  public Kernel softCrossEntropyGradient(
      Operand p, HostBuffer targets, HostBuffer dloss, HostBuffer dlogits) {
    int classes = p.shape().dim(1);
    int batch = p.shape().dim(0);
    HostBuffer in = HostBuffer.of(p);
    return parallel.rows(
        batch,
        classes,
        (from, to) -> {
          double scale = dloss.data()[dloss.offset()] / (double) batch;
          for (int r = from; r < to; r++) {
            int at = in.offset() + r * classes;
            int target = targets.offset() + r * classes;
            int out = dlogits.offset() + r * classes;
            double sum = 0;
            for (int k = 0; k < classes; k++) {
              sum += targets.data()[target + k];
            }
            for (int k = 0; k < classes; k++) {
              double difference = in.data()[at + k] * sum - targets.data()[target + k];
              dlogits.data()[out + k] = (float) (difference * scale);
            }
          }
        });
  }

  public Kernel kdLoss(
      KdLoss op, Operand student, Operand teacher, HostBuffer loss, HostBuffer excess) {
    RowLoss rowLoss = kdRow(op.temperature(), student, teacher, excess);
    double square = op.temperature() * op.temperature();
    int columns = 2 * teacher.shape().dim(1);
    return mean(teacher.shape().dim(0), columns, square, rowLoss, loss);
  }

  /** Divergence of a row, without the factor T^2; writes its p - q. */
  static RowLoss kdRow(double temperature, Operand student, Operand teacher, HostBuffer excess) {
    int classes = student.shape().dim(1);
    int shared = teacher.shape().dim(1);
    double scale = 1 / temperature;
    float[] fresh = HostBuffer.of(student).data();
    float[] old = HostBuffer.of(teacher).data();
    return row -> {
      int at = HostBuffer.of(student).offset() + row * classes;
      int oldAt = HostBuffer.of(teacher).offset() + row * shared;
      int out = excess.offset() + row * shared;
      double maxP = RowKernels.max(fresh, at, shared);
      double maxQ = RowKernels.max(old, oldAt, shared);
      double logSumP = RowKernels.logSumExp(fresh, at, shared, (float) maxP, scale);
      double logSumQ = RowKernels.logSumExp(old, oldAt, shared, (float) maxQ, scale);
      double share = 0;
      for (int m = 0; m < shared; m++) {
        double logP = (fresh[at + m] - maxP) * scale - logSumP;
        double logQ = (old[oldAt + m] - maxQ) * scale - logSumQ;
        double q = StrictMath.exp(logQ);
        share += q == 0 ? 0 : q * (logQ - logP);
        excess.data()[out + m] = (float) (StrictMath.exp(logP) - q);
      }
      return share;
    };
  }

  public Kernel kdLossGradient(
      KdLoss.Gradient op, Operand excess, HostBuffer dloss, HostBuffer dlogits) {
    int batch = excess.shape().dim(0);
    int shared = excess.shape().dim(1);
    HostBuffer in = HostBuffer.of(excess);
    return parallel.rows(
        batch,
        op.classes(),
        (from, to) -> {
          float scale = (float) (op.temperature() / batch * dloss.data()[dloss.offset()]);
          for (int r = from; r < to; r++) {
            int at = in.offset() + r * shared;
            int out = dlogits.offset() + r * op.classes();
            for (int m = 0; m < shared; m++) {
              dlogits.data()[out + m] = in.data()[at + m] * scale;
            }
            Arrays.fill(dlogits.data(), out + shared, out + op.classes(), 0);
          }
        });
  }

  public Kernel meanSquaredError(HostBuffer a, HostBuffer b, HostBuffer loss) {
    Sums squares =
        new Sums(
            parallel,
            a.elements(),
            i -> {
              double difference = a.data()[a.offset() + i] - (double) b.data()[b.offset() + i];
              return difference * difference;
            });
    return () -> loss.data()[loss.offset()] = (float) (squares.total() / a.elements());
  }

  public Kernel meanSquaredErrorGradient(
      HostBuffer a, HostBuffer b, HostBuffer dloss, HostBuffer da) {
    return parallel.elements(
        a.elements(),
        (from, to) -> {
          float scale = 2 * dloss.data()[dloss.offset()] / a.elements();
          for (int i = from; i < to; i++) {
            float difference = a.data()[a.offset() + i] - b.data()[b.offset() + i];
            da.data()[da.offset() + i] = difference * scale;
          }
        });
  }
}
