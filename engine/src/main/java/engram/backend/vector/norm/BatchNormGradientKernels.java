package engram.backend.vector.norm;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Parallel;
import engram.backend.vector.run.Scratch;
import engram.op.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Backward pass of batch normalisation, in two passes over memory: sums, then the gradient of the
 * input. Where an activation stood behind it, each pass tells its gradient again from x, by the
 * same steps and so to the same bits, and it is never stored.
 */
public record BatchNormGradientKernels(Parallel parallel, NormLoops loops) {

  /** Operands are x, dy, mean, inverse; the result is dgamma, then dbeta. */
  public Kernel parameters(List<HostBuffer> in, HostBuffer both) {
    Normal normal = normal(in.get(2), Optional.empty());
    Kernel sums = sums(normal, in.get(0), in.get(1), in.get(3), both);
    return () -> {
      normal.prepare(in.get(2));
      sums.run();
    };
  }

  /** Operands are x, dy, gamma, beta, mean, inverse; the result is dgamma, then dbeta. */
  public Kernel parameters(Activation activation, List<HostBuffer> in, HostBuffer both) {
    Normal normal = normal(in.get(4), Optional.of(activation));
    Kernel sums = sums(normal, in.get(0), in.get(1), in.get(5), both);
    return () -> {
      normal.prepare(in.get(2), in.get(3), in.get(4), in.get(5));
      sums.run();
    };
  }

  private static Normal normal(HostBuffer mean, Optional<Activation> activation) {
    return new Normal(ChannelPattern.of(mean.elements()), activation);
  }

  /** Sums part by part in float; the parts are added in double, in order. */
  private Kernel sums(
      Normal normal, HostBuffer x, HostBuffer dy, HostBuffer inverse, HostBuffer both) {
    ChannelPattern pattern = normal.pattern();
    int channels = pattern.channels();
    int length = pattern.length();
    int rows = x.elements() / channels;
    int perPart = pattern.rowsPerPart();
    int shift = dy.offset() - x.offset();
    float[] gammas = new float[Lanes.ceilDiv(rows, perPart) * channels];
    float[] betas = new float[gammas.length];
    Scratch scratch = parallel.workers().scratch();
    scratch.reserve(0, 2L * length);
    Kernel each =
        parallel.workerBlocks(
            rows,
            perPart,
            (from, to, worker) -> {
              float[] copies = scratch.array();
              int gamma = scratch.of(worker);
              int beta = gamma + length;
              Arrays.fill(copies, gamma, beta + length, 0);
              loops.gradientSums(
                  normal,
                  x.data(),
                  x.offset() + from * channels,
                  x.offset() + to * channels,
                  dy.data(),
                  shift,
                  copies,
                  gamma,
                  beta);
              pattern.fold(copies, gamma, gammas, from / perPart * channels);
              pattern.fold(copies, beta, betas, from / perPart * channels);
            });
    return () -> {
      each.run();
      for (int c = 0; c < channels; c++) {
        double gamma = 0;
        double beta = 0;
        for (int at = c; at < gammas.length; at += channels) {
          gamma += gammas[at];
          beta += betas[at];
        }
        float scale = inverse.data()[inverse.offset() + c];
        both.data()[both.offset() + c] = (float) (gamma * scale);
        both.data()[both.offset() + channels + c] = (float) beta;
      }
    };
  }

  /** Operands are x, dy, gamma, mean, inverse, both parameter gradients. */
  public Kernel input(List<HostBuffer> in, HostBuffer dx) {
    Normal normal = normal(in.get(3), Optional.empty());
    Kernel input = input(normal, in.get(2), in, in.get(4), in.get(5), dx);
    return () -> {
      normal.prepare(in.get(3));
      input.run();
    };
  }

  /** Operands are x, dy, gamma, beta, mean, inverse, both parameter gradients. */
  public Kernel input(Activation activation, List<HostBuffer> in, HostBuffer dx) {
    Normal normal = normal(in.get(4), Optional.of(activation));
    Kernel input = input(normal, in.get(2), in, in.get(5), in.get(6), dx);
    return () -> {
      normal.prepare(in.get(2), in.get(3), in.get(4), in.get(5));
      input.run();
    };
  }

  private Kernel input(
      Normal normal,
      HostBuffer gamma,
      List<HostBuffer> in,
      HostBuffer inverse,
      HostBuffer both,
      HostBuffer dx) {
    HostBuffer x = in.get(0);
    HostBuffer dy = in.get(1);
    Slopes slopes = new Slopes(normal.pattern());
    int channels = normal.pattern().channels();
    int rows = x.elements() / channels;
    Kernel loop =
        parallel.blocks(
            rows,
            normal.pattern().rowsPerPart(),
            (from, to) ->
                loops.inputGradient(
                    normal,
                    slopes,
                    x.data(),
                    x.offset() + from * channels,
                    x.offset() + to * channels,
                    dy.data(),
                    dy.offset() - x.offset(),
                    dx.data(),
                    dx.offset() - x.offset()));
    return () -> {
      slopes.prepare(gamma, inverse, both, rows);
      loop.run();
    };
  }
}
