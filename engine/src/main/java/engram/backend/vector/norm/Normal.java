package engram.backend.vector.norm;

import engram.backend.vector.run.HostBuffer;
import engram.op.Activation;
import engram.op.LeakyRelu;
import engram.op.Relu;
import java.util.Optional;

/**
 * {@code activation((x - mean) * (inverse * gamma) + beta)}, its numbers repeated as {@link
 * ChannelPattern} says. No activation is one of slope 1.
 */
final class Normal {
  private final ChannelPattern pattern;

  /** The mean. */
  final float[] centre;

  /** {@code inverse * gamma}. */
  final float[] factor;

  /** Beta. */
  final float[] shift;

  /** What a number that is not above 0 is multiplied by. */
  final float slope;

  /** Whether the activation is ReLU: 0 instead of the product, which is NaN for infinity. */
  final boolean relu;

  Normal(ChannelPattern pattern, Optional<Activation> activation) {
    this.pattern = pattern;
    centre = new float[pattern.length()];
    factor = new float[pattern.length()];
    shift = new float[pattern.length()];
    relu = activation.filter(Relu.class::isInstance).isPresent();
    slope = activation.map(Normal::slope).orElse(1f);
  }

  private static float slope(Activation activation) {
    return switch (activation) {
      case Relu _ -> 0;
      case LeakyRelu leaky -> leaky.slope();
    };
  }

  ChannelPattern pattern() {
    return pattern;
  }

  /** Reads the numbers of the channels. */
  void prepare(HostBuffer gamma, HostBuffer beta, HostBuffer mean, HostBuffer inverse) {
    for (int c = 0; c < pattern.channels(); c++) {
      pattern.set(centre, 0, c, mean.data()[mean.offset() + c]);
      float scale = inverse.data()[inverse.offset() + c] * gamma.data()[gamma.offset() + c];
      pattern.set(factor, 0, c, scale);
      pattern.set(shift, 0, c, beta.data()[beta.offset() + c]);
    }
  }

  /** Reads the mean alone, where no activation's gradient asks for the rest. */
  void prepare(HostBuffer mean) {
    for (int c = 0; c < pattern.channels(); c++) {
      pattern.set(centre, 0, c, mean.data()[mean.offset() + c]);
    }
  }
}
