package engram.backend.vector.light;

import engram.backend.Kernel;
import engram.backend.vector.run.HostBuffer;
import engram.backend.vector.run.Parallel;
import engram.op.Affine;
import engram.op.Elementwise;
import engram.op.Unary;

/**
 * Ops that treat each element alone. Plain loops, but for those of {@link Loops}: the compiler
 * turns them into vector code by itself.
 */
public final class ElementwiseKernels {
  private ElementwiseKernels() {}

  public static Kernel leakyRelu(
      Parallel parallel, Loops loops, float slope, HostBuffer x, HostBuffer y) {
    return parallel.elements(
        x.elements(),
        (from, to) ->
            loops.leakyRelu(
                slope, x.data(), x.offset() + from, y.data(), y.offset() + from, to - from));
  }

  public static Kernel leakyReluGradient(
      Parallel parallel, Loops loops, float slope, HostBuffer y, HostBuffer dy, HostBuffer dx) {
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

  public static Kernel relu(Parallel parallel, Loops loops, HostBuffer x, HostBuffer y) {
    return parallel.elements(
        x.elements(),
        (from, to) ->
            loops.relu(x.data(), x.offset() + from, y.data(), y.offset() + from, to - from));
  }

  public static Kernel reluGradient(
      Parallel parallel, Loops loops, HostBuffer y, HostBuffer dy, HostBuffer dx) {
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

  public static Kernel unary(Parallel parallel, Unary.Kind kind, HostBuffer x, HostBuffer y) {
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

  public static Kernel affine(Parallel parallel, Affine op, HostBuffer x, HostBuffer y) {
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

  public static Kernel copy(Parallel parallel, HostBuffer x, HostBuffer y) {
    return parallel.elements(
        y.elements(),
        (from, to) ->
            System.arraycopy(x.data(), x.offset() + from, y.data(), y.offset() + from, to - from));
  }

  public static Kernel arithmetic(
      Parallel parallel, Elementwise.Kind kind, HostBuffer a, HostBuffer b, HostBuffer y) {
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
}
