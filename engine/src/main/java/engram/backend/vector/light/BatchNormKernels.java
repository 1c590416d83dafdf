package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.BatchNorm;
import engram.op.FusedBatchNorm;
import java.util.List;

/**
 * Batch normalisation over rows of channels. Statistics are taken part by part: each part of a few
 * hundred rows is read twice while it is in cache (its sum, then the squares of its distances from
 * its own mean), and the parts are combined in double, in order (Chan, Golub, LeVeque 1979).
 */
public record BatchNormKernels(Parallel parallel, Loops loops) {
  /** Elements and rows of a part at most; the cut depends on the shape alone. */
  private static final int ELEMENTS_PER_PART = 16 * 1024;

  private static final int ROWS_PER_PART = 512;

  private static int rowsPerPart(int channels) {
    return Math.clamp(ELEMENTS_PER_PART / channels, 1, ROWS_PER_PART);
  }

  /** What is done to a piece of a result while it is in the cache. */
  @FunctionalInterface
  private interface Rest {
    void run(int at, int count);
  }

  /** Operands are x, gamma, beta, running mean, running variance; results y, mean, inverse. */
  public Kernel training(BatchNorm op, List<HostBuffer> in, List<HostBuffer> out) {
    return training(op, in, out, (_, _) -> {});
  }

  /** The same operands and the residual, if there is one. */
  public Kernel training(FusedBatchNorm op, List<HostBuffer> in, List<HostBuffer> out) {
    Activations activation = new Activations(loops, op.activation());
    HostBuffer y = out.getFirst();
    if (!op.residual()) {
      return training(
          op.norm(), in, out, (at, count) -> activation.apply(y.data(), y.offset() + at, count));
    }
    HostBuffer residual = in.get(5);
    return training(
        op.norm(),
        in,
        out,
        (at, count) -> {
          add(residual.data(), residual.offset() + at, y.data(), y.offset() + at, count);
          activation.apply(y.data(), y.offset() + at, count);
        });
  }

  private static void add(float[] x, int xAt, float[] y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] += x[xAt + i];
    }
  }

  private Kernel training(BatchNorm op, List<HostBuffer> in, List<HostBuffer> out, Rest rest) {
    HostBuffer x = in.getFirst();
    HostBuffer mean = out.get(1);
    HostBuffer inverse = out.get(2);
    int channels = mean.elements();
    int rows = x.elements() / channels;
    int perPart = rowsPerPart(channels);
    int parts = (rows + perPart - 1) / perPart;
    float[] sums = new float[parts * channels];
    float[] squares = new float[parts * channels];
    float[] means = new float[parts * channels];
    Kernel statistics =
        parallel.blocks(
            rows,
            perPart,
            (from, to) -> {
              int part = from / perPart * channels;
              int at = x.offset() + from * channels;
              ColumnSums.sum(x.data(), at, to - from, channels, sums, part);
              for (int c = part; c < part + channels; c++) {
                means[c] = sums[c] / (to - from);
              }
              ColumnSums.squares(x.data(), at, to - from, channels, means, squares, part);
            });
    Kernel apply = apply(in, mean, inverse, out.getFirst(), rest);
    return () -> {
      statistics.run();
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int part = 0; part < parts; part++) {
          sum += sums[part * channels + c];
        }
        double centre = sum / rows;
        double distances = 0;
        for (int part = 0; part < parts; part++) {
          double shift = means[part * channels + c] - centre;
          int count = Math.min(perPart, rows - part * perPart);
          distances += squares[part * channels + c] + count * shift * shift;
        }
        set(mean, c, centre);
        set(inverse, c, 1 / Math.sqrt(distances / rows + op.eps()));
        average(in.get(3), c, op.momentum(), centre);
        average(in.get(4), c, op.momentum(), distances / (rows - 1));
      }
      apply.run();
    };
  }

  private static void average(HostBuffer running, int channel, float momentum, double batch) {
    float old = running.data()[running.offset() + channel];
    set(running, channel, (1 - (double) momentum) * old + momentum * batch);
  }

  private static void set(HostBuffer buffer, int index, double value) {
    buffer.data()[buffer.offset() + index] = (float) value;
  }

  /** Operands are x, gamma, beta, mean, variance; results y, inverse. */
  public Kernel inference(float eps, List<HostBuffer> in, List<HostBuffer> out) {
    HostBuffer variances = in.get(4);
    HostBuffer inverse = out.get(1);
    Kernel apply = apply(in, in.get(3), inverse, out.getFirst(), (_, _) -> {});
    return () -> {
      for (int c = 0; c < inverse.elements(); c++) {
        double variance = variances.data()[variances.offset() + c];
        set(inverse, c, 1 / Math.sqrt(variance + eps));
      }
      apply.run();
    };
  }

  /** {@code y = (x - mean) * (inverse * gamma) + beta}, and then the rest, piece by piece. */
  private Kernel apply(
      List<HostBuffer> in, HostBuffer mean, HostBuffer inverse, HostBuffer y, Rest rest) {
    HostBuffer x = in.getFirst();
    NormalPattern pattern = new NormalPattern(in.get(1), in.get(2), mean, inverse);
    int channels = mean.elements();
    Kernel loop =
        ChannelPattern.loop(
            parallel,
            x.elements() / channels,
            channels,
            (at, count) -> {
              pattern.apply(x.data(), x.offset() + at, y.data(), y.offset() + at, count);
              rest.run(at, count);
            });
    return () -> {
      pattern.prepare();
      loop.run();
    };
  }
}
