package engram.learn.exercise;

import engram.op.Op;
import engram.op.OpCase;
import engram.op.Values;
import engram.random.CounterRandom;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * Grades a gradient that the learner wrote against finite differences of the op itself: each
 * element of the operand is moved by a little, and what each result does is weighted with dy.
 *
 * @param op whose gradient it is
 * @param cases small ones of the op, on which it is smooth
 * @param operand whose gradient is asked for, 0 for the first
 * @param name of the gradient, as in its contract, such as {@code dx}
 * @param gradient the learner's
 * @param mistakes gradients that people write instead, by what is wrong with them, the likeliest
 *     first
 */
public record OwnGradient(
    Op op,
    List<OpCase> cases,
    int operand,
    String name,
    Gradient gradient,
    SequencedMap<String, Gradient> mistakes) {

  /** Error of a central difference with {@link #STEP} is below a thousandth of this. */
  private static final double TOLERANCE = 1e-6;

  private static final double STEP = 1e-5;

  /** The learner's gradient. */
  @FunctionalInterface
  public interface Gradient {
    /**
     * @param op with the attributes of the case
     * @param inputs of the op
     * @param outputs of the op
     * @param dy gradient of its first output
     * @param result filled with NaN; to be overwritten
     */
    void run(Op op, List<Values> inputs, List<Values> outputs, Values dy, Values result);
  }

  /** The first case and element that is wrong; if there is none, what was checked. */
  public Verdict check() {
    int elements = 0;
    for (int i = 0; i < cases.size(); i++) {
      if (run(i) instanceof Verdict.Failed failed) {
        return failed;
      }
      elements += cases.get(i).inputs().get(operand).elements();
    }
    return Verdict.passed(
        "%s of %s: %d elements as finite differences say, %d cases"
            .formatted(name, op.name(), elements, cases.size()));
  }

  private Verdict run(int number) {
    OpCase opCase = cases.get(number);
    List<Values> inputs = drawn(opCase);
    List<Values> outputs = forward(opCase, inputs);
    Values dy = Values.zeros(outputs.getFirst().shape());
    CounterRandom random = CounterRandom.of(number, "dy");
    for (int i = 0; i < dy.size(); i++) {
      dy.set(i, 0.5 + random.normal(i));
    }
    Values received = Values.zeros(opCase.inputs().get(operand));
    received.fill(Numbers.UNWRITTEN);
    Verdict.Failed where =
        Verdict.failed(
            "%s of %s, case %d of %d: %s"
                .formatted(name, op.name(), number + 1, cases.size(), opCase));
    try {
      Verdict.during(
          where,
          () ->
              gradient.run(
                  opCase.op(), drawn(opCase), forward(opCase, inputs), copy(dy), received));
    } catch (Verdict.During during) {
      throw during.likely(
          Diagnosis.mistake(
              Objects.requireNonNullElse(during.getCause(), during),
              mistakes,
              mistake -> made(opCase, dy, mistake)));
    }
    Numeric numeric = Numeric.of(opCase, operand, dy);
    OptionalInt wrong = numeric.firstWrong(received);
    if (wrong.isEmpty()) {
      return Verdict.passed(name);
    }
    int at = wrong.getAsInt();
    return where
        .and(
            "%s%s: expected %s (finite difference), received %s"
                .formatted(
                    name,
                    Numbers.place(received.shape(), at),
                    Numbers.text(numeric.sum().get(at)),
                    Numbers.text(received.get(at))))
        .likely(
            numeric
                .mistake(received)
                .or(() -> Diagnosis.mistake(received, mistakes, each -> made(opCase, dy, each)))
                .or(() -> known(dy, numeric.sum(), received)));
  }

  private Values made(OpCase opCase, Values dy, Gradient mistake) {
    List<Values> inputs = drawn(opCase);
    Values made = Values.zeros(opCase.inputs().get(operand));
    mistake.run(opCase.op(), inputs, forward(opCase, inputs), dy, made);
    return made;
  }

  private static Optional<String> known(Values dy, Values expected, Values received) {
    // At a bend alone, dy may be what the other side has: then most elements are right.
    long wrong =
        IntStream.range(0, expected.size())
            .filter(i -> Math.abs(expected.get(i) - received.get(i)) > TOLERANCE)
            .count();
    boolean manyAreWrong = 4 * wrong > expected.size();
    if (manyAreWrong
        && dy.size() == received.size()
        && Numbers.firstWrong(dy, received, TOLERANCE).isEmpty()) {
      return Optional.of("your result is dy itself: the op's own derivative is missing");
    }
    return Diagnosis.of(expected, received);
  }

  private static List<Values> drawn(OpCase opCase) {
    return IntStream.range(0, opCase.inputs().size()).mapToObj(opCase::draw).toList();
  }

  private static List<Values> forward(OpCase opCase, List<Values> inputs) {
    List<Shape> shapes = opCase.op().outputs(opCase.inputs());
    List<Values> outputs = shapes.stream().map(Values::zeros).toList();
    opCase.op().reference(inputs, outputs);
    return outputs;
  }

  private static Values copy(Values values) {
    return new Values(values.shape(), values.data().clone(), values.offset());
  }

  /**
   * What finite differences say.
   *
   * @param sum the gradient: of each element the sum of its contributions
   * @param plain the same as if dy were 1 everywhere
   * @param parts of each element the contributions that are not 0, in order of the results
   */
  private record Numeric(Values sum, Values plain, List<List<Double>> parts) {

    static Numeric of(OpCase opCase, int operand, Values dy) {
      Shape shape = opCase.inputs().get(operand);
      Numeric numeric = new Numeric(Values.zeros(shape), Values.zeros(shape), new ArrayList<>());
      for (int i = 0; i < shape.elements(); i++) {
        Values up = moved(opCase, operand, i, STEP);
        Values down = moved(opCase, operand, i, -STEP);
        List<Double> parts = new ArrayList<>();
        for (int j = 0; j < dy.size(); j++) {
          double slope = (up.get(j) - down.get(j)) / (2 * STEP);
          numeric.sum.add(i, slope * dy.get(j));
          numeric.plain.add(i, slope);
          if (Math.abs(slope) > TOLERANCE) {
            parts.add(slope * dy.get(j));
          }
        }
        numeric.parts.add(parts);
      }
      return numeric;
    }

    private static Values moved(OpCase opCase, int operand, int element, double by) {
      List<Values> inputs = drawn(opCase);
      inputs.get(operand).add(element, by);
      return forward(opCase, inputs).getFirst();
    }

    OptionalInt firstWrong(Values received) {
      return IntStream.range(0, sum.size())
          .filter(i -> !near(sum.get(i), received.get(i)))
          .findFirst();
    }

    private static boolean near(double expected, double received) {
      return Math.abs(expected - received) <= TOLERANCE * (1 + Math.abs(expected));
    }

    /** Mistakes that only the contributions tell. */
    Optional<String> mistake(Values received) {
      boolean several = parts.stream().anyMatch(each -> each.size() > 1);
      boolean onePart =
          IntStream.range(0, sum.size())
              .allMatch(
                  i ->
                      parts.get(i).isEmpty()
                          ? near(0, received.get(i))
                          : parts.get(i).stream().anyMatch(part -> near(part, received.get(i))));
      if (several && onePart) {
        return Optional.of(
            "you forgot to accumulate: an element gets a contribution from each result that it"
                + " went into, and here the last one overwrites the others");
      }
      boolean withoutDy =
          IntStream.range(0, sum.size()).allMatch(i -> near(plain.get(i), received.get(i)));
      return withoutDy
          ? Optional.of(
              "as if what comes from behind (dy, or dloss) were 1: multiply by it, the chain rule")
          : Optional.empty();
    }
  }
}
