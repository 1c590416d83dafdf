package engram.backend.vector.light;

import engram.backend.vector.run.HostBuffer;
import java.util.List;

/** {@code dx = scale * dy + slope * (x - mean) + shift} with four numbers for each channel. */
final class InputSlopes {
  private final HostBuffer x;
  private final HostBuffer gamma;
  private final HostBuffer mean;
  private final HostBuffer inverse;
  private final HostBuffer both;
  private final ChannelPattern centre;
  private final ChannelPattern scale;
  private final ChannelPattern slope;
  private final ChannelPattern shift;

  /** The last three are mean, inverse and both parameter gradients. */
  InputSlopes(HostBuffer x, HostBuffer gamma, List<HostBuffer> statistics) {
    this.x = x;
    this.gamma = gamma;
    mean = statistics.get(0);
    inverse = statistics.get(1);
    both = statistics.get(2);
    centre = new ChannelPattern(channels());
    scale = new ChannelPattern(channels());
    slope = new ChannelPattern(channels());
    shift = new ChannelPattern(channels());
  }

  int channels() {
    return mean.elements();
  }

  int rows() {
    return x.elements() / channels();
  }

  /** Reads the numbers of the channels. */
  void prepare() {
    for (int c = 0; c < channels(); c++) {
      double inverseDeviation = inverse.data()[inverse.offset() + c];
      double factor = gamma.data()[gamma.offset() + c] * inverseDeviation;
      double gammaGradient = both.data()[both.offset() + c];
      double betaGradient = both.data()[both.offset() + channels() + c];
      centre.set(c, mean.data()[mean.offset() + c]);
      scale.set(c, (float) factor);
      slope.set(c, (float) (-factor * inverseDeviation * gammaGradient / rows()));
      shift.set(c, (float) (-factor * betaGradient / rows()));
    }
  }

  /** Writes {@code dx} of {@code count} elements from element {@code at}, which is of channel 0. */
  void combine(int at, int count, float[] dy, int dyAt, HostBuffer dx) {
    combine(
        x.data(),
        x.offset() + at,
        dy,
        dyAt,
        centre.values(),
        scale.values(),
        slope.values(),
        shift.values(),
        dx.data(),
        dx.offset() + at,
        count);
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
