package engram.backend.vector.light;

import engram.backend.vector.run.HostBuffer;
import java.util.List;

/**
 * The gradient at the result of a batch normalisation, where an activation stands behind it: that
 * result is told again from x, by the same steps and so to the same bits, and never stored whole.
 */
final class Activated {
  private final Activations activation;
  private final HostBuffer x;
  private final HostBuffer dy;
  private final NormalPattern pattern;

  /** Operands are x, dy, gamma, beta, mean, inverse. */
  Activated(Activations activation, List<HostBuffer> in) {
    this.activation = activation;
    x = in.get(0);
    dy = in.get(1);
    pattern = new NormalPattern(in.get(2), in.get(3), in.get(4), in.get(5));
  }

  /** Reads the numbers of the channels. */
  void prepare() {
    pattern.prepare();
  }

  /** Writes {@code dz} of {@code count} elements from element {@code at}, which is of channel 0. */
  void gradient(int at, int count, float[] dz, int dzAt) {
    for (int i = 0; i < count; i += pattern.length()) {
      int some = Math.min(pattern.length(), count - i);
      pattern.apply(x.data(), x.offset() + at + i, dz, dzAt + i, some);
      activation.gradient(dz, dzAt + i, dy.data(), dy.offset() + at + i, some);
    }
  }
}
