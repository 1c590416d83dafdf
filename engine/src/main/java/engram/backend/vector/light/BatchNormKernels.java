package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.BatchNorm;

/**
 * Batch normalisation over rows of channels. Statistics are taken part by part: each part of a few
 * hundred rows is read twice while it is in cache (its sum, then the squares of its distances from
 * its own mean), and the parts are combined in double, in order (Chan, Golub, LeVeque 1979).
 */
public final class BatchNormKernels {
  /** Elements and rows of a part at most; the cut depends on the shape alone. */
  private static final int ELEMENTS_PER_PART = 16 * 1024;

  private static final int ROWS_PER_PART = 512;

  private BatchNormKernels() {}

  private static int rowsPerPart(int channels) {
    return Math.clamp(ELEMENTS_PER_PART / channels, 1, ROWS_PER_PART);
  }

  /**
   * The five operands of both batch norm ops, in order, then y and what is kept for the gradient.
   */
  public record Buffers(
      HostBuffer x,
      HostBuffer gamma,
      HostBuffer beta,
      HostBuffer mean,
      HostBuffer variance,
      HostBuffer y) {
    int channels() {
      return gamma.elements();
    }

    int rows() {
      return x.elements() / channels();
    }
  }

  public static Kernel training(
      Parallel parallel, BatchNorm op, Buffers b, HostBuffer mean, HostBuffer inverse) {
    int channels = b.channels();
    int rows = b.rows();
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
              int at = b.x.offset() + from * channels;
              ColumnSums.sum(b.x.data(), at, to - from, channels, sums, part);
              for (int c = part; c < part + channels; c++) {
                means[c] = sums[c] / (to - from);
              }
              ColumnSums.squares(b.x.data(), at, to - from, channels, means, squares, part);
            });
    Kernel apply = apply(parallel, b, mean, inverse);
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
        average(b.mean, c, op.momentum(), centre);
        average(b.variance, c, op.momentum(), distances / (rows - 1));
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

  public static Kernel inference(Parallel parallel, float eps, Buffers b, HostBuffer inverse) {
    Kernel apply = apply(parallel, b, b.mean, inverse);
    return () -> {
      for (int c = 0; c < inverse.elements(); c++) {
        double variance = b.variance.data()[b.variance.offset() + c];
        set(inverse, c, 1 / Math.sqrt(variance + eps));
      }
      apply.run();
    };
  }

  /** {@code y = (x - mean) * (inverse * gamma) + beta}. */
  private static Kernel apply(Parallel parallel, Buffers b, HostBuffer mean, HostBuffer inverse) {
    int channels = b.channels();
    ChannelPattern centre = new ChannelPattern(channels);
    ChannelPattern factor = new ChannelPattern(channels);
    ChannelPattern shift = new ChannelPattern(channels);
    Kernel loop =
        ChannelPattern.loop(
            parallel,
            b.rows(),
            channels,
            (at, count) ->
                scaleAndShift(
                    b.x.data(),
                    b.x.offset() + at,
                    centre.values(),
                    factor.values(),
                    shift.values(),
                    b.y.data(),
                    b.y.offset() + at,
                    count));
    return () -> {
      for (int c = 0; c < channels; c++) {
        centre.set(c, mean.data()[mean.offset() + c]);
        factor.set(c, inverse.data()[inverse.offset() + c] * b.gamma.data()[b.gamma.offset() + c]);
        shift.set(c, b.beta.data()[b.beta.offset() + c]);
      }
      loop.run();
    };
  }

  private static void scaleAndShift(
      float[] x,
      int xAt,
      float[] centre,
      float[] factor,
      float[] shift,
      float[] y,
      int yAt,
      int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] = (x[xAt + i] - centre[i]) * factor[i] + shift[i];
    }
  }
}
