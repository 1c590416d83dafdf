package engram.backend.vector.norm;

import engram.backend.vector.run.HostBuffer;

/**
 * The numbers of {@code dx = scale * dz + slope * (x - mean) + shift}, as {@link Normal} has its.
 */
final class Slopes {
  private final ChannelPattern pattern;
  final float[] scale;
  final float[] slope;
  final float[] shift;

  Slopes(ChannelPattern pattern) {
    this.pattern = pattern;
    scale = new float[pattern.length()];
    slope = new float[pattern.length()];
    shift = new float[pattern.length()];
  }

  /** Reads the numbers of the channels; {@code both} holds dgamma, then dbeta. */
  void prepare(HostBuffer gamma, HostBuffer inverse, HostBuffer both, int rows) {
    int channels = pattern.channels();
    for (int c = 0; c < channels; c++) {
      double inverseDeviation = inverse.data()[inverse.offset() + c];
      double factor = gamma.data()[gamma.offset() + c] * inverseDeviation;
      double gammaGradient = both.data()[both.offset() + c];
      double betaGradient = both.data()[both.offset() + channels + c];
      pattern.set(scale, 0, c, (float) factor);
      pattern.set(slope, 0, c, (float) (-factor * inverseDeviation * gammaGradient / rows));
      pattern.set(shift, 0, c, (float) (-factor * betaGradient / rows));
    }
  }
}
