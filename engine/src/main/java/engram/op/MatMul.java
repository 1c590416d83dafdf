package engram.op;

import static engram.tensor.Shape.shape;

import engram.tensor.Shape;
import java.util.List;

/**
 * Matrix product of two operands, each of which is read transposed if its flag says so.
 *
 * <p>op(a) [M, K], op(b) [K, N] -> y [M, N], where op is the transpose or nothing:
 *
 * <pre>y[m, n] = sum over k of op(a)[m, k] op(b)[k, n]</pre>
 *
 * A transpose is this flag, never a view: tensors are always row-major.
 */
public record MatMul(boolean transposeA, boolean transposeB) implements Op {

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public List<Shape> outputs(List<Shape> inputs) {
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    require(a.rank() == 2 && b.rank() == 2, inputs, "both operands must have rank 2", toString());
    require(
        inner(a) == b.dim(transposeB ? 1 : 0),
        inputs,
        "inner dimensions %d and %d differ".formatted(inner(a), b.dim(transposeB ? 1 : 0)),
        toString() + ": op(a) is [M, K], op(b) is [K, N]");
    return List.of(shape(a.dim(transposeA ? 1 : 0), b.dim(transposeB ? 0 : 1)));
  }

  private int inner(Shape a) {
    return a.dim(transposeA ? 0 : 1);
  }

  @Override
  public void gradient(GradientBuilder g) {
    var a = g.input(0);
    var b = g.input(1);
    var dy = g.outputGradient();
    if (transposeA) {
      g.contribute(0, new MatMul(transposeB, true), b, dy);
    } else {
      g.contribute(0, new MatMul(false, !transposeB), dy, b);
    }
    if (transposeB) {
      g.contribute(1, new MatMul(true, transposeA), dy, a);
    } else {
      g.contribute(1, new MatMul(!transposeA, false), a, dy);
    }
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    Values a = inputs.get(0);
    Values b = inputs.get(1);
    Values y = outputs.get(0);
    for (int i = 0; i < y.dim(0); i++) {
      for (int j = 0; j < y.dim(1); j++) {
        double sum = 0;
        for (int k = 0; k < inner(a.shape()); k++) {
          sum +=
              a.get(transposeA ? a.index(k, i) : a.index(i, k))
                  * b.get(transposeB ? b.index(j, k) : b.index(k, j));
        }
        y.set(y.index(i, j), sum);
      }
    }
  }

  @Override
  public long flops(List<Shape> inputs) {
    return 2L * inner(inputs.get(0)) * outputs(inputs).get(0).elements();
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(new MatMul(false, false), shape(1, 1), shape(1, 1)),
        OpCase.of(new MatMul(false, false), shape(5, 7), shape(7, 3)),
        OpCase.of(new MatMul(false, true), shape(6, 67), shape(9, 67)),
        OpCase.of(new MatMul(true, false), shape(13, 17), shape(13, 33)),
        OpCase.of(new MatMul(true, true), shape(16, 4), shape(31, 16)),
        OpCase.of(new MatMul(false, false), shape(17, 16), shape(16, 48))
            .sprinkle(0, Double.NaN, Double.NEGATIVE_INFINITY));
  }
}
