package engram.backend.vector;

import engram.backend.Kernel;
import engram.backend.Operand;
import engram.op.RehearsalKdLoss;
import java.util.List;

/** The fused loss of rehearsal with distillation: one pass over the rows for both of its parts. */
final class RehearsalKernels {
  private RehearsalKernels() {}

  /** Operands are logits, labels, old logits; outputs total, ce, kd, probabilities, excess. */
  static Kernel loss(
      Parallel parallel, RehearsalKdLoss op, List<Operand> in, List<Operand> outputs) {
    List<HostBuffer> out = outputs.stream().map(HostBuffer::of).toList();
    int rows = in.get(0).shape().dim(0);
    int columns = in.get(0).shape().dim(1) + 2 * in.get(2).shape().dim(1);
    LossKernels.RowLoss ceRow =
        LossKernels.crossEntropyRow(in.get(0), HostBuffer.of(in.get(1)), out.get(3));
    LossKernels.RowLoss kdRow =
        LossKernels.kdRow(op.temperature(), in.get(0), in.get(2), out.get(4));
    double[] ceShares = new double[rows];
    double[] kdShares = new double[rows];
    Kernel each =
        parallel.rows(
            rows,
            columns * SoftmaxKernels.EXP_COST,
            (from, to) -> {
              for (int r = from; r < to; r++) {
                ceShares[r] = ceRow.of(r);
                kdShares[r] = kdRow.of(r);
              }
            });
    return () -> {
      each.run();
      double ce = 0;
      double kd = 0;
      for (int r = 0; r < rows; r++) {
        ce += ceShares[r];
        kd += kdShares[r];
      }
      ce /= rows;
      kd *= op.temperature() * op.temperature() / rows;
      put(out.get(0), op.ceWeight() * ce + op.kdWeight() * kd);
      put(out.get(1), ce);
      put(out.get(2), kd);
    };
  }

  private static void put(HostBuffer scalar, double value) {
    scalar.data()[scalar.offset()] = (float) value;
  }

  /** Operands are probabilities, labels, excess, dtotal. */
  static Kernel gradient(
      Parallel parallel, RehearsalKdLoss.Gradient op, List<Operand> in, HostBuffer dlogits) {
    HostBuffer p = HostBuffer.of(in.get(0));
    HostBuffer labels = HostBuffer.of(in.get(1));
    HostBuffer excess = HostBuffer.of(in.get(2));
    HostBuffer dtotal = HostBuffer.of(in.get(3));
    int batch = in.get(0).shape().dim(0);
    int classes = in.get(0).shape().dim(1);
    int shared = in.get(2).shape().dim(1);
    return parallel.rows(
        batch,
        classes,
        (from, to) -> {
          double gradient = dtotal.data()[dtotal.offset()] / (double) batch;
          float ceScale = (float) (op.ceWeight() * gradient);
          float kdScale = (float) (op.kdWeight() * op.temperature() * gradient);
          for (int r = from; r < to; r++) {
            float label = labels.data()[labels.offset() + r];
            int at = p.offset() + r * classes;
            int out = dlogits.offset() + r * classes;
            for (int k = 0; k < classes; k++) {
              dlogits.data()[out + k] = (p.data()[at + k] - (k == label ? 1 : 0)) * ceScale;
            }
            int difference = excess.offset() + r * shared;
            for (int m = 0; m < shared; m++) {
              dlogits.data()[out + m] += excess.data()[difference + m] * kdScale;
            }
          }
        });
  }
}
