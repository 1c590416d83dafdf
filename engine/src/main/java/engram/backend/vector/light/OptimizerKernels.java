package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.ClipGradientNorm;
import engram.op.SgdStep;

/**
 * Optimiser steps over flat buffers. What depends on the step alone is computed once, in double, by
 * the thread that runs the kernel, before the workers start; they read it, and counters change only
 * after they are done.
 */
public record OptimizerKernels(Parallel parallel) {
  public Kernel sgd(SgdStep op, HostBuffer p, HostBuffer g, HostBuffer velocity, HostBuffer rate) {
    float momentum = (float) op.momentum();
    float decay = (float) op.weightDecay();
    float[] parameters = p.data();
    float[] gradients = g.data();
    float[] velocities = velocity.data();
    return parallel.elements(
        p.elements(),
        (from, to) -> {
          float step = rate.data()[rate.offset()];
          for (int i = from; i < to; i++) {
            float value = parameters[p.offset() + i];
            float d = gradients[g.offset() + i] + decay * value;
            float v = momentum * velocities[velocity.offset() + i] + d;
            velocities[velocity.offset() + i] = v;
            parameters[p.offset() + i] = value - step * (op.nesterov() ? d + momentum * v : v);
          }
        });
  }

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
