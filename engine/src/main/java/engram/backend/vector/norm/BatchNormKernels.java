package engram.backend.vector.norm;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Lanes;
import engram.backend.vector.run.Parallel;
import engram.backend.vector.run.Scratch;
import engram.op.Activation;
import engram.op.BatchNorm;
import engram.op.FusedBatchNorm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Batch normalisation over rows of channels. Statistics are taken part by part: each part is read
 * twice while it is in cache (its sum, then the squares of its distances from its own mean), and
 * the parts are combined in double, in order (Chan, Golub, LeVeque 1979). The cut depends on the
 * shape alone.
 */
public record BatchNormKernels(Parallel parallel, NormLoops loops) {

  /** Operands are x, gamma, beta, running mean, running variance; results y, mean, inverse. */
  public Kernel training(BatchNorm op, List<HostBuffer> in, List<HostBuffer> out) {
    return training(op, Optional.empty(), Optional.empty(), in, out);
  }

  /** The same operands and the residual, if there is one. */
  public Kernel training(FusedBatchNorm op, List<HostBuffer> in, List<HostBuffer> out) {
    Optional<HostBuffer> residual = op.residual() ? Optional.of(in.get(5)) : Optional.empty();
    return training(op.norm(), Optional.of(op.activation()), residual, in, out);
  }

  private Kernel training(
      BatchNorm op,
      Optional<Activation> activation,
      Optional<HostBuffer> residual,
      List<HostBuffer> in,
      List<HostBuffer> out) {
    HostBuffer x = in.getFirst();
    HostBuffer mean = out.get(1);
    HostBuffer inverse = out.get(2);
    int channels = mean.elements();
    int rows = x.elements() / channels;
    ChannelPattern pattern = ChannelPattern.of(channels);
    int perPart = pattern.rowsPerPart();
    int parts = Lanes.ceilDiv(rows, perPart);
    float[] sums = new float[parts * channels];
    float[] squares = new float[parts * channels];
    Kernel statistics = statistics(x, pattern, sums, squares);
    Kernel apply = apply(pattern, activation, residual, in, mean, inverse, out.getFirst());
    return () -> {
      statistics.run();
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int part = 0; part < parts; part++) {
          sum += sums[part * channels + c];
        }
        double centre = sum / rows;
        double distances = 0;
        for (int part = 0; part < parts; part++) {
          int count = Math.min(perPart, rows - part * perPart);
          double shift = sums[part * channels + c] / count - centre;
          distances += squares[part * channels + c] + count * shift * shift;
        }
        set(mean, c, centre);
        set(inverse, c, 1 / Math.sqrt(distances / rows + op.eps()));
        average(in.get(3), c, op.momentum(), centre);
        average(in.get(4), c, op.momentum(), distances / (rows - 1));
      }
      apply.run();
    };
  }

  /** For each part, sums of each channel and squares of the distances from the part's own mean. */
  private Kernel statistics(HostBuffer x, ChannelPattern pattern, float[] sums, float[] squares) {
    int channels = pattern.channels();
    int perPart = pattern.rowsPerPart();
    int length = pattern.length();
    Scratch scratch = parallel.workers().scratch();
    scratch.reserve(0, 2L * length);
    return parallel.workerBlocks(
        x.elements() / channels,
        perPart,
        (from, to, worker) -> {
          float[] copies = scratch.array();
          int sum = scratch.of(worker);
          int centre = sum + length;
          int part = from / perPart * channels;
          int start = x.offset() + from * channels;
          int end = x.offset() + to * channels;
          Arrays.fill(copies, sum, centre, 0);
          loops.sum(x.data(), start, end, length, copies, sum);
          pattern.fold(copies, sum, sums, part);
          for (int c = 0; c < channels; c++) {
            pattern.set(copies, centre, c, sums[part + c] / (to - from));
          }
          Arrays.fill(copies, sum, centre, 0);
          loops.squares(x.data(), start, end, length, copies, centre, sum);
          pattern.fold(copies, sum, squares, part);
        });
  }

  private static void average(HostBuffer running, int channel, float momentum, double batch) {
    float old = running.data()[running.offset() + channel];
    set(running, channel, (1 - (double) momentum) * old + momentum * batch);
  }

  private static void set(HostBuffer buffer, int index, double value) {
    buffer.data()[buffer.offset() + index] = (float) value;
  }

  /** Operands are x, gamma, beta, mean, variance; results y, inverse. */
  public Kernel inference(float eps, List<HostBuffer> in, List<HostBuffer> out) {
    HostBuffer variances = in.get(4);
    HostBuffer inverse = out.get(1);
    ChannelPattern pattern = ChannelPattern.of(inverse.elements());
    Kernel apply =
        apply(pattern, Optional.empty(), Optional.empty(), in, in.get(3), inverse, out.getFirst());
    return () -> {
      for (int c = 0; c < inverse.elements(); c++) {
        double variance = variances.data()[variances.offset() + c];
        set(inverse, c, 1 / Math.sqrt(variance + eps));
      }
      apply.run();
    };
  }

  private Kernel apply(
      ChannelPattern pattern,
      Optional<Activation> activation,
      Optional<HostBuffer> residual,
      List<HostBuffer> in,
      HostBuffer mean,
      HostBuffer inverse,
      HostBuffer y) {
    HostBuffer x = in.getFirst();
    Normal normal = new Normal(pattern, activation);
    int channels = pattern.channels();
    int shift = y.offset() - x.offset();
    Parallel.Body body =
        residual
            .<Parallel.Body>map(
                r ->
                    (from, to) ->
                        loops.normaliseAndAdd(
                            normal,
                            x.data(),
                            x.offset() + from * channels,
                            x.offset() + to * channels,
                            r.data(),
                            r.offset() - x.offset(),
                            y.data(),
                            shift))
            .orElse(
                (from, to) ->
                    loops.normalise(
                        normal,
                        x.data(),
                        x.offset() + from * channels,
                        x.offset() + to * channels,
                        y.data(),
                        shift));
    Kernel loop = parallel.blocks(x.elements() / channels, pattern.rowsPerPart(), body);
    return () -> {
      normal.prepare(in.get(1), in.get(2), mean, inverse);
      loop.run();
    };
  }
}
