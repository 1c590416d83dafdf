package engram.backend.vector;

import engram.backend.Kernel;
import engram.op.Affine;
import engram.op.Elementwise;

/**
 * Ops that treat each element alone. Plain loops: the compiler turns them into vector code by
 * itself.
 */
final class ElementwiseKernels {
  private ElementwiseKernels() {}

  static Kernel leakyRelu(Parallel parallel, float slope, HostBuffer x, HostBuffer y) {
    float[] in = x.data();
    float[] out = y.data();
    int shift = y.offset() - x.offset();
    return parallel.elements(
        x.elements(),
        (from, to) -> {
          for (int i = x.offset() + from; i < x.offset() + to; i++) {
            float value = in[i];
            out[i + shift] = value > 0 ? value : slope * value;
          }
        });
  }

  static Kernel leakyReluGradient(
      Parallel parallel, float slope, HostBuffer y, HostBuffer dy, HostBuffer dx) {
    float[] sign = y.data();
    float[] in = dy.data();
    float[] out = dx.data();
    return parallel.elements(
        y.elements(),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float gradient = in[dy.offset() + i];
            out[dx.offset() + i] = sign[y.offset() + i] > 0 ? gradient : slope * gradient;
          }
        });
  }

  static Kernel affine(Parallel parallel, Affine op, HostBuffer x, HostBuffer y) {
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

  static Kernel copy(Parallel parallel, HostBuffer x, HostBuffer y) {
    return parallel.elements(
        y.elements(),
        (from, to) ->
            System.arraycopy(x.data(), x.offset() + from, y.data(), y.offset() + from, to - from));
  }

  static Kernel arithmetic(
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
