package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.Affine;
import engram.op.Dropout;
import engram.op.Elementwise;
import engram.op.Unary;
import engram.random.CounterRandom;

/**
 * Ops that treat each element alone. Plain loops, but for those of {@link Loops}: the compiler
 * turns them into vector code by itself.
 */
public record ElementwiseKernels(Parallel parallel, Loops loops) {
  public Kernel leakyRelu(float slope, HostBuffer x, HostBuffer y) {
    return parallel.elements(
        x.elements(),
        (from, to) ->
            loops.leakyRelu(
                slope, x.data(), x.offset() + from, y.data(), y.offset() + from, to - from));
  }

  public Kernel leakyReluGradient(float slope, HostBuffer y, HostBuffer dy, HostBuffer dx) {
    return parallel.elements(
        y.elements(),
        (from, to) ->
            loops.leakyReluGradient(
                slope,
                y.data(),
                y.offset() + from,
                dy.data(),
                dy.offset() + from,
                dx.data(),
                dx.offset() + from,
                to - from));
  }

  public Kernel relu(HostBuffer x, HostBuffer y) {
    return parallel.elements(
        x.elements(),
        (from, to) ->
            loops.relu(x.data(), x.offset() + from, y.data(), y.offset() + from, to - from));
  }

  public Kernel reluGradient(HostBuffer y, HostBuffer dy, HostBuffer dx) {
    return parallel.elements(
        y.elements(),
        (from, to) ->
            loops.reluGradient(
                y.data(),
                y.offset() + from,
                dy.data(),
                dy.offset() + from,
                dx.data(),
                dx.offset() + from,
                to - from));
  }

  public Kernel unary(Unary.Kind kind, HostBuffer x, HostBuffer y) {
    float[] in = x.data();
    float[] out = y.data();
    int lx = x.offset();
    int ly = y.offset();
    return parallel.elements(
        x.elements(),
        switch (kind) {
          case EXP ->
              (from, to) -> {
                for (int i = from; i < to; i++) {
                  out[ly + i] = (float) StrictMath.exp(in[lx + i]);
                }
              };
          case LOG ->
              (from, to) -> {
                for (int i = from; i < to; i++) {
                  // Not Math.log, which may round otherwise once it is compiled.
                  out[ly + i] = (float) StrictMath.log(in[lx + i]);
                }
              };
          case SQRT ->
              (from, to) -> {
                for (int i = from; i < to; i++) {
                  out[ly + i] = (float) Math.sqrt(in[lx + i]);
                }
              };
        });
  }

  public Kernel affine(Affine op, HostBuffer x, HostBuffer y) {
    float[] in = x.data();
    float[] out = y.data();
    float scale = op.scale();
    float shift = op.shift();
    return parallel.elements(
        x.elements(),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            out[y.offset() + i] = scale * in[x.offset() + i] + shift;
          }
        });
  }

  public Kernel copy(HostBuffer x, HostBuffer y) {
    return parallel.elements(
        y.elements(),
        (from, to) ->
            System.arraycopy(x.data(), x.offset() + from, y.data(), y.offset() + from, to - from));
  }

  public Kernel arithmetic(Elementwise.Kind kind, HostBuffer a, HostBuffer b, HostBuffer y) {
    float[] left = a.data();
    float[] right = b.data();
    float[] out = y.data();
    int la = a.offset();
    int lb = b.offset();
    int ly = y.offset();
    return parallel.elements(
        y.elements(),
        switch (kind) {
          case ADD ->
              (from, to) -> {
                for (int i = from; i < to; i++) {
                  out[ly + i] = left[la + i] + right[lb + i];
                }
              };
          case SUBTRACT ->
              (from, to) -> {
                for (int i = from; i < to; i++) {
                  out[ly + i] = left[la + i] - right[lb + i];
                }
              };
          case MULTIPLY ->
              (from, to) -> {
                for (int i = from; i < to; i++) {
                  out[ly + i] = left[la + i] * right[lb + i];
                }
              };
          case DIVIDE ->
              (from, to) -> {
                for (int i = from; i < to; i++) {
                  out[ly + i] = left[la + i] / right[lb + i];
                }
              };
        });
  }

  public Kernel dropout(Dropout op, HostBuffer x, HostBuffer step, HostBuffer y) {
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
