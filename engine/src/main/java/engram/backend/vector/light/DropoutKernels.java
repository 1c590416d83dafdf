package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.Dropout;
import engram.random.CounterRandom;

/** Dropout. */
public final class DropoutKernels {
  private DropoutKernels() {}

  public static Kernel dropout(
      Parallel parallel, Dropout op, HostBuffer x, HostBuffer step, HostBuffer y) {
    float[] in = x.data();
    float[] out = y.data();
    CounterRandom random = op.random();
    long threshold = op.threshold();
    float scale = op.scale();
    return parallel.elements(
        x.elements(),
        (from, to) -> {
          CounterRandom draws = random.split((long) step.data()[step.offset()]);
          int xAt = x.offset();
          int yAt = y.offset();
          for (int i = from; i < to; i++) {
            // -1 where the draw is below the threshold, else 0: arithmetic where a branch would be
            // mispredicted.
            long dropped = ((draws.bits(i) >>> 40) - threshold) >> 63;
            out[yAt + i] = in[xAt + i] * (scale * (1 + dropped));
          }
        });
  }
}
