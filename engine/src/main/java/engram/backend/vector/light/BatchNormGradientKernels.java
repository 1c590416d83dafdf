package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;

/** Backward pass of batch normalisation. */
public record BatchNormGradientKernels(Parallel parallel) {
  /** Rows that are summed together in float: few, to keep rounding small. */
  private static final int ROWS_PER_PART = 256;

  public Kernel parameters(
      HostBuffer x, HostBuffer dy, HostBuffer mean, HostBuffer inverse, HostBuffer both) {
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
              ColumnSums.sum(dy.data(), dy.offset() + at, to - from, channels, betas, part);
              ColumnSums.products(
                  x.data(),
                  x.offset() + at,
                  dy.data(),
                  dy.offset() + at,
                  to - from,
                  channels,
                  mean.data(),
                  mean.offset(),
                  gammas,
                  part);
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

  /** {@code dx = scale * dy + slope * (x - mean) + shift} with four numbers for each channel. */
  public Kernel input(
      HostBuffer x,
      HostBuffer dy,
      HostBuffer gamma,
      HostBuffer mean,
      HostBuffer inverse,
      HostBuffer both,
      HostBuffer dx) {
    int channels = mean.elements();
    int rows = x.elements() / channels;
    ChannelPattern centre = new ChannelPattern(channels);
    ChannelPattern scale = new ChannelPattern(channels);
    ChannelPattern slope = new ChannelPattern(channels);
    ChannelPattern shift = new ChannelPattern(channels);
    Kernel loop =
        ChannelPattern.loop(
            parallel,
            rows,
            channels,
            (at, count) ->
                combine(
                    x.data(),
                    x.offset() + at,
                    dy.data(),
                    dy.offset() + at,
                    centre.values(),
                    scale.values(),
                    slope.values(),
                    shift.values(),
                    dx.data(),
                    dx.offset() + at,
                    count));
    return () -> {
      for (int c = 0; c < channels; c++) {
        double inverseDeviation = inverse.data()[inverse.offset() + c];
        double factor = gamma.data()[gamma.offset() + c] * inverseDeviation;
        double gammaGradient = both.data()[both.offset() + c];
        double betaGradient = both.data()[both.offset() + channels + c];
        centre.set(c, mean.data()[mean.offset() + c]);
        scale.set(c, (float) factor);
        slope.set(c, (float) (-factor * inverseDeviation * gammaGradient / rows));
        shift.set(c, (float) (-factor * betaGradient / rows));
      }
      loop.run();
    };
  }

  private static void combine(
      float[] x,
      int xAt,
      float[] dy,
      int dyAt,
      float[] centre,
      float[] scale,
      float[] slope,
      float[] shift,
      float[] dx,
      int dxAt,
      int count) {
    for (int i = 0; i < count; i++) {
      dx[dxAt + i] = scale[i] * dy[dyAt + i] + slope[i] * (x[xAt + i] - centre[i]) + shift[i];
    }
  }
}
