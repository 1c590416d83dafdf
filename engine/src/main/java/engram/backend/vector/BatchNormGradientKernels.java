package engram.backend.vector;

import engram.backend.Kernel;
import java.util.Arrays;

/** Backward pass of batch normalisation. */
final class BatchNormGradientKernels {
  /** Rows that are summed together in float: few, to keep rounding small. */
  private static final int ROWS_PER_PART = 256;

  private BatchNormGradientKernels() {}

  static Kernel parameters(
      Parallel parallel,
      HostBuffer x,
      HostBuffer dy,
      HostBuffer mean,
      HostBuffer inverse,
      HostBuffer both) {
    int channels = mean.elements();
    int rows = x.elements() / channels;
    int parts = (rows + ROWS_PER_PART - 1) / ROWS_PER_PART;
    float[] gammas = new float[parts * channels];
    float[] betas = new float[parts * channels];
    Kernel sums =
        parallel.blocks(
            rows,
            ROWS_PER_PART,
            (from, to) -> {
              int part = from / ROWS_PER_PART * channels;
              int at = from * channels;
              ReduceKernels.sumRows(dy.data(), dy.offset() + at, to - from, channels, betas, part);
              Arrays.fill(gammas, part, part + channels, 0);
              for (int r = from; r < to; r++) {
                products(
                    x.data(),
                    x.offset() + r * channels,
                    dy.data(),
                    dy.offset() + r * channels,
                    mean.data(),
                    mean.offset(),
                    gammas,
                    part,
                    channels);
              }
            });
    return () -> {
      sums.run();
      for (int c = 0; c < channels; c++) {
        double gamma = 0;
        double beta = 0;
        for (int part = 0; part < parts; part++) {
          gamma += gammas[part * channels + c];
          beta += betas[part * channels + c];
        }
        float scale = inverse.data()[inverse.offset() + c];
        both.data()[both.offset() + c] = (float) (gamma * scale);
        both.data()[both.offset() + channels + c] = (float) beta;
      }
    };
  }

  /** {@code sum += dy * (x - mean)} for the channels of one row. */
  private static void products(
      float[] x,
      int xAt,
      float[] dy,
      int dyAt,
      float[] mean,
      int meanAt,
      float[] sum,
      int sumAt,
      int channels) {
    for (int c = 0; c < channels; c++) {
      sum[sumAt + c] += dy[dyAt + c] * (x[xAt + c] - mean[meanAt + c]);
    }
  }

  /** The operands of the input gradient, in order. */
  record Buffers(
      HostBuffer x,
      HostBuffer dy,
      HostBuffer gamma,
      HostBuffer mean,
      HostBuffer inverse,
      HostBuffer both) {}

  /** {@code dx = scale * dy + slope * (x - mean) + shift} with three numbers for each channel. */
  static Kernel input(Parallel parallel, Buffers b, HostBuffer dx) {
    int channels = b.mean.elements();
    int rows = b.x.elements() / channels;
    float[] scale = new float[channels];
    float[] slope = new float[channels];
    float[] shift = new float[channels];
    Kernel loop =
        parallel.rows(
            rows,
            channels,
            (from, to) -> {
              for (int r = from; r < to; r++) {
                combine(
                    b.x.data(),
                    b.x.offset() + r * channels,
                    b.dy.data(),
                    b.dy.offset() + r * channels,
                    b.mean.data(),
                    b.mean.offset(),
                    scale,
                    slope,
                    shift,
                    dx.data(),
                    dx.offset() + r * channels);
              }
            });
    return () -> {
      for (int c = 0; c < channels; c++) {
        double inverse = b.inverse.data()[b.inverse.offset() + c];
        double factor = b.gamma.data()[b.gamma.offset() + c] * inverse;
        double gamma = b.both.data()[b.both.offset() + c];
        double beta = b.both.data()[b.both.offset() + channels + c];
        scale[c] = (float) factor;
        slope[c] = (float) (-factor * inverse * gamma / rows);
        shift[c] = (float) (-factor * beta / rows);
      }
      loop.run();
    };
  }

  private static void combine(
      float[] x,
      int xAt,
      float[] dy,
      int dyAt,
      float[] mean,
      int meanAt,
      float[] scale,
      float[] slope,
      float[] shift,
      float[] dx,
      int dxAt) {
    for (int c = 0; c < scale.length; c++) {
      dx[dxAt + c] =
          scale[c] * dy[dyAt + c] + slope[c] * (x[xAt + c] - mean[meanAt + c]) + shift[c];
    }
  }
}
