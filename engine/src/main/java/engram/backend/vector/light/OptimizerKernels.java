package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.ClipGradientNorm;

/** What is done to all gradients together before an optimiser uses them. */
public record OptimizerKernels(Parallel parallel) {
  public Kernel clipGradientNorm(ClipGradientNorm op, HostBuffer g) {
    float[] gradients = g.data();
    Sums squares =
        new Sums(
            parallel,
            g.elements(),
            i -> {
              double gradient = gradients[g.offset() + i];
              return gradient * gradient;
            });
    float[] scale = new float[1];
    Kernel shorten =
        parallel.elements(
            g.elements(),
            (from, to) -> {
              float factor = scale[0];
              for (int i = g.offset() + from; i < g.offset() + to; i++) {
                gradients[i] *= factor;
              }
            });
    return () -> {
      double norm = Math.sqrt(squares.total());
      scale[0] = (float) Math.min(1, op.max() / (norm + ClipGradientNorm.EPSILON));
      shorten.run();
    };
  }
}
