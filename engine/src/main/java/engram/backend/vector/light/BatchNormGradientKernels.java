package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.backend.vector.run.Scratch;
import engram.op.Activation;
import java.util.List;

/**
 * Backward pass of batch normalisation, in two passes over memory: sums, then the gradient of the
 * input. Where an activation stood behind it, each pass tells its gradient again, a piece at a time
 * while the piece is in the cache.
 */
public record BatchNormGradientKernels(Parallel parallel, Loops loops) {
  /** Rows that are summed together in float: few, to keep rounding small. */
  private static final int ROWS_PER_PART = 256;

  /** Elements of a part, if an activation's gradient has to lie in the cache beside it. */
  private static final int ELEMENTS_PER_PART = 16 * 1024;

  /** Operands are x, dy, mean, inverse; the result is dgamma, then dbeta. */
  public Kernel parameters(List<HostBuffer> in, HostBuffer both) {
    HostBuffer dy = in.get(1);
    int channels = in.get(2).elements();
    PartSums sums = new PartSums(in.getFirst(), in.get(2), ROWS_PER_PART);
    Kernel each =
        parallel.blocks(
            sums.rows(),
            ROWS_PER_PART,
            (from, to) -> sums.of(from, to, dy.data(), dy.offset() + from * channels));
    return () -> {
      each.run();
      sums.total(in.get(3), both);
    };
  }

  /** Operands are x, dy, gamma, beta, mean, inverse; the result is dgamma, then dbeta. */
  public Kernel parameters(Activation activation, List<HostBuffer> in, HostBuffer both) {
    Activated dz = new Activated(new Activations(loops, activation), in);
    HostBuffer mean = in.get(4);
    int channels = mean.elements();
    int perPart = Math.clamp(ELEMENTS_PER_PART / channels, 1, ROWS_PER_PART);
    PartSums sums = new PartSums(in.getFirst(), mean, perPart);
    Scratch scratch = parallel.workers().scratch();
    scratch.reserve(0, (long) perPart * channels);
    Kernel each =
        parallel.workerBlocks(
            sums.rows(),
            perPart,
            (from, to, worker) -> {
              int at = scratch.of(worker);
              dz.gradient(from * channels, (to - from) * channels, scratch.array(), at);
              sums.of(from, to, scratch.array(), at);
            });
    return () -> {
      dz.prepare();
      each.run();
      sums.total(in.get(5), both);
    };
  }

  /** Operands are x, dy, gamma, mean, inverse, both parameter gradients. */
  public Kernel input(List<HostBuffer> in, HostBuffer dx) {
    HostBuffer dy = in.get(1);
    InputSlopes slopes = new InputSlopes(in.getFirst(), in.get(2), in.subList(3, 6));
    Kernel loop =
        ChannelPattern.loop(
            parallel,
            slopes.rows(),
            slopes.channels(),
            (at, count) -> slopes.combine(at, count, dy.data(), dy.offset() + at, dx));
    return () -> {
      slopes.prepare();
      loop.run();
    };
  }

  /** Operands are x, dy, gamma, beta, mean, inverse, both parameter gradients. */
  public Kernel input(Activation activation, List<HostBuffer> in, HostBuffer dx) {
    Activated dz = new Activated(new Activations(loops, activation), in);
    InputSlopes slopes = new InputSlopes(in.getFirst(), in.get(2), in.subList(4, 7));
    Kernel loop =
        ChannelPattern.loop(
            parallel,
            slopes.rows(),
            slopes.channels(),
            (at, count) -> {
              // A piece of dx holds dz first.
              dz.gradient(at, count, dx.data(), dx.offset() + at);
              slopes.combine(at, count, dx.data(), dx.offset() + at, dx);
            });
    return () -> {
      dz.prepare();
      slopes.prepare();
      loop.run();
    };
  }
}
