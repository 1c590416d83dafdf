package examples;

import static engram.tensor.Shape.shape;

import engram.op.Cost;
import engram.op.CustomOp;
import engram.op.GradientBuilder;
import engram.op.OpCase;
import engram.op.Values;
import engram.tensor.Shape;
import java.util.List;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** An op from outside: {@code y = x / (1 + exp(-x))} (Ramachandran et al. 2017), any shape. */
record Swish() implements CustomOp {

  @Override
  public String name() {
    return "swish";
  }

  /** dy/dx = y / x + s (1 - y) with s the sigmoid, in ops that there are. */
  @Override
  public void gradient(GradientBuilder g) {
    g.contribute(
        0,
        () -> {
          var negative = g.exp(g.scale(-1, g.input(0)));
          var one = g.affine(0, g.input(0), 1);
          var sigmoid = g.divide(one, g.shift(negative, 1));
          var slope = g.multiply(sigmoid, g.subtract(one, g.output(0)));
          return g.multiply(g.outputGradient(), g.add(g.output(0), slope));
        });
  }

  @Override
  public void reference(List<Values> inputs, List<Values> outputs) {
    for (int i = 0; i < outputs.getFirst().size(); i++) {
      double x = inputs.getFirst().get(i);
      outputs.getFirst().set(i, x / (1 + Math.exp(-x)));
    }
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    return Cost.of(4L * inputs.getFirst().elements(), inputs, outputs(inputs));
  }

  @Override
  public List<OpCase> cases() {
    return List.of(
        OpCase.of(this, shape(1)),
        OpCase.of(this, shape(17)),
        OpCase.of(this, shape(3, 8_191)),
        OpCase.of(this, shape(40)).sprinkle(0, Double.NaN, -0.0, 50, -50));
  }

  // All below is optional: the definition alone runs on the processor.

  @Override
  public int pieces(List<Shape> inputs) {
    return inputs.getFirst().elements();
  }

  @Override
  public Optional<Loop> plainLoop() {
    return Optional.of(
        (inputs, outputs, from, to) -> {
          Floats x = inputs.getFirst();
          Floats y = outputs.getFirst();
          for (int i = from; i < to; i++) {
            float value = x.data()[x.offset() + i];
            y.data()[y.offset() + i] = (float) (value / (1 + Math.exp(-value)));
          }
        });
  }

  @Override
  public Optional<Loop> vectorLoop() {
    return Optional.of(
        (inputs, outputs, from, to) -> {
          var species = FloatVector.SPECIES_PREFERRED;
          Floats x = inputs.getFirst();
          Floats y = outputs.getFirst();
          for (int i = from; i < to; i += species.length()) {
            var mask = species.indexInRange(i, to);
            var value = FloatVector.fromArray(species, x.data(), x.offset() + i, mask);
            var result = value.div(value.neg().lanewise(VectorOperators.EXP).add(1));
            result.intoArray(y.data(), y.offset() + i, mask);
          }
        });
  }

  @Override
  public Optional<Source> openCl() {
    return Optional.of(
        new Source(
            "swish",
            """
            kernel void swish(IN(x), OUT(y), const int N) {
              OPEN_IN(x);
              OPEN_OUT(y);
              ONE_OF(i, N);
              y[i] = x[i] / (1 + exp(-x[i]));
            }
            """));
  }
}
