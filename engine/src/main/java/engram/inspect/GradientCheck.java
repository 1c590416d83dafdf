package engram.inspect;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.backend.reference.ReferenceBackend;
import engram.backend.reference.ReferenceBackend.ReferenceBuffer;
import engram.graph.Autograd;
import engram.graph.Tape;
import engram.op.Op;
import engram.op.OpCase;
import engram.op.Values;
import engram.plan.Plan;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The gradient that an op declares, computed on some backend, beside the one that finite
 * differences of its reference give in double precision. The loss is the output weighted with fixed
 * random numbers; the numeric gradient is the central difference (f(x + h) - f(x - h)) / 2h with h
 * = 1e-5.
 */
public final class GradientCheck {
  private static final double STEP = 1e-5;

  /** Elements of each operand that are checked; larger operands are sampled. */
  private static final int SAMPLES = 60;

  /** One element of one operand. */
  public record Entry(int input, int index, double analytic, double numeric) {
    /** |analytic - numeric| / (1 + |analytic| + |numeric|). */
    public double error() {
      return Math.abs(analytic - numeric) / (1 + Math.abs(analytic) + Math.abs(numeric));
    }

    @Override
    public String toString() {
      return "operand %d, element %d: analytic %.9g, numeric %.9g"
          .formatted(input, index, analytic, numeric);
    }
  }

  private final OpCase opCase;
  private final Backend backend;
  private final Op op;
  private final Values weights;

  private GradientCheck(OpCase opCase, Backend backend) {
    this.opCase = opCase;
    this.backend = backend;
    op = opCase.op();
    weights = Values.zeros(op.outputs(opCase.inputs()).getFirst());
    CounterRandom random = CounterRandom.of(7, "gradient check");
    for (int i = 0; i < weights.size(); i++) {
      weights.set(i, random.normal(i));
    }
  }

  /**
   * Compares both gradients on a case, for every operand to which a gradient flows; the declared
   * one in double precision.
   */
  public static List<Entry> of(OpCase opCase) {
    return of(opCase, new ReferenceBackend());
  }

  /** The same with the declared gradient computed on {@code backend}. */
  public static List<Entry> of(OpCase opCase, Backend backend) {
    return new GradientCheck(opCase, backend).entries();
  }

  private List<Entry> entries() {
    Map<Integer, double[]> analytic = analytic();
    List<Entry> entries = new ArrayList<>();
    analytic.forEach(
        (input, gradient) -> {
          int stride = Math.max(1, gradient.length / SAMPLES);
          for (int i = 0; i < gradient.length; i += stride) {
            double numeric = (loss(input, i, STEP) - loss(input, i, -STEP)) / (2 * STEP);
            entries.add(new Entry(input, i, gradient[i], numeric));
          }
        });
    return entries;
  }

  private double loss(int input, int index, double step) {
    List<Values> operands =
        IntStream.range(0, opCase.inputs().size()).mapToObj(opCase::draw).toList();
    operands.get(input).add(index, step);
    List<Values> results = op.outputs(opCase.inputs()).stream().map(Values::zeros).toList();
    op.reference(operands, results);
    return weights.dot(results.getFirst());
  }

  private Map<Integer, double[]> analytic() {
    Tape tape = new Tape();
    List<Tensor> inputs = new ArrayList<>();
    List<Integer> wanted = new ArrayList<>();
    for (int i = 0; i < opCase.inputs().size(); i++) {
      inputs.add(tape.input("operand" + i, opCase.inputs().get(i)));
      if (op.differentiable(i)) {
        wanted.add(i);
      }
    }
    Tensor y = tape.record("y", op, inputs).getFirst();
    Tensor r = tape.input("weights", y.shape());
    Tensor loss = tape.sum(tape.multiply(y, r));
    List<Tensor> gradients =
        wanted.isEmpty()
            ? List.of()
            : Autograd.gradients(tape, loss, wanted.stream().map(inputs::get).toList());
    gradients.forEach(tape::keep);
    Plan plan = Plan.compile(tape.graph(), backend, Map.of());
    for (int i = 0; i < inputs.size(); i++) {
      fill(plan.buffer(inputs.get(i)), opCase.draw(i));
    }
    fill(plan.buffer(r), weights);
    plan.run();
    backend.finish();
    Map<Integer, double[]> result = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      result.put(wanted.get(i), ReferenceBackend.read(plan.buffer(gradients.get(i))));
    }
    return result;
  }

  /** In double precision where the buffer has it. */
  private static void fill(Buffer buffer, Values values) {
    if (buffer instanceof ReferenceBuffer(double[] data, int offset, int elements)) {
      for (int i = 0; i < elements; i++) {
        data[offset + i] = values.get(i);
      }
      return;
    }
    buffer.write(values.toFloats());
  }
}
