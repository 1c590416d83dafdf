package engram.learn.remembering;

import engram.backend.Buffer;
import engram.backend.reference.ReferenceBackend;
import engram.backend.reference.ReferenceBackend.ReferenceBuffer;
import engram.graph.Autograd;
import engram.graph.Tape;
import engram.learn.exercise.Diagnosis;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.op.Recorder;
import engram.op.Values;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * One case of a loss that the learner wrote with its gradient.
 *
 * @param text what is special about it, with its sizes
 * @param at where the loss and the gradient are taken: logits, or weights
 * @param further what else the loss is made of, by name
 * @param own the learner's loss
 * @param right the same loss as the engine records it
 * @param mistakes others that are often made
 */
record LossCase(
    String text,
    Values at,
    Map<String, Values> further,
    Own own,
    Formula right,
    List<Mistake> mistakes) {

  /** What another order of additions does is far below, a mistake far above. */
  private static final double TOLERANCE = 1e-6;

  private static final double STEP = 1e-5;

  /** The learner's method. */
  @FunctionalInterface
  interface Own {
    /** Writes the whole gradient and returns the loss. */
    double loss(Values at, Map<String, Values> further, Values gradient);
  }

  /** A loss in the engine's words. */
  @FunctionalInterface
  interface Formula {
    Tensor loss(Recorder t, Tensor at, Map<String, Tensor> further);
  }

  /** A wrong loss, and how one comes to it. */
  record Mistake(String cause, Formula formula) {}

  /** A loss and its gradient. */
  record Result(double loss, Values gradient) {}

  /**
   * Compares loss and gradient.
   *
   * @param exercise its name
   * @throws Verdict.Stop at the first number that is wrong
   */
  void check(String exercise) {
    String where = "%s, %s".formatted(exercise, text);
    Result expected = engine(right, at, further);
    Result received = learners(where);
    if (!near(expected.loss(), received.loss())) {
      throw new Verdict.Stop(
          Verdict.failed(where + ": the loss")
              .expected(Numbers.text(expected.loss()), Numbers.text(received.loss()))
              .likely(causeOf(received.loss(), expected.loss())));
    }
    OptionalInt wrong = Numbers.firstWrong(expected.gradient(), received.gradient(), TOLERANCE);
    if (wrong.isPresent()) {
      int i = wrong.getAsInt();
      throw new Verdict.Stop(
          Verdict.failed(
                  "%s: the loss is right; gradient%s"
                      .formatted(where, Numbers.place(at.shape(), i)))
              .expected(
                  Numbers.text(expected.gradient().get(i)),
                  Numbers.text(received.gradient().get(i)))
              .and(
                  "your own loss says %s there, by a finite difference"
                      .formatted(Numbers.text(finiteDifference(i))))
              .likely(causeOf(expected.gradient(), received.gradient())));
    }
  }

  private static boolean near(double expected, double received) {
    return Math.abs(expected - received) <= TOLERANCE * (1 + Math.abs(expected));
  }

  /** The learner's loss with its gradient; they must leave the operands as they were. */
  private Result learners(String where) {
    Values point = copy(at);
    Map<String, Values> others = new HashMap<>();
    further.forEach((name, values) -> others.put(name, copy(values)));
    Values gradient = Values.zeros(at.shape());
    gradient.fill(Numbers.UNWRITTEN);
    double loss = Verdict.answer(Verdict.failed(where), () -> own.loss(point, others, gradient));
    boolean changed = differs(at, point);
    for (Map.Entry<String, Values> each : further.entrySet()) {
      changed |= differs(each.getValue(), LossCheck.get(others, each.getKey()));
    }
    if (changed) {
      throw new Verdict.Stop(
          Verdict.failed(where + ": your method changed what it was given")
              .and("others read the operands, too: write to the result only"));
    }
    return new Result(loss, gradient);
  }

  /** Loss of the learner's at other numbers, of the shape of {@link #at}. */
  double lossAt(Values point) {
    Map<String, Values> others = new HashMap<>(further);
    return own.loss(point, others, Values.zeros(at.shape()));
  }

  /** The learner's gradient. */
  Values gradient() {
    return learners(text).gradient();
  }

  private double finiteDifference(int i) {
    Values above = copy(at);
    above.add(i, STEP);
    Values below = copy(at);
    below.add(i, -STEP);
    return (lossAt(above) - lossAt(below)) / (2 * STEP);
  }

  private Optional<String> causeOf(double received, double expected) {
    if (!Double.isFinite(received)) {
      return Optional.of(
          "exp of a large number is infinite: subtract the largest of a row from the row before you"
              + " take exp, which changes no softmax");
    }
    return mistakes.stream()
        .filter(each -> near(engine(each.formula(), at, further).loss(), received))
        .map(Mistake::cause)
        .findFirst()
        .or(() -> plain(expected, received));
  }

  private static Optional<String> plain(double expected, double received) {
    if (received == 0) {
      return Optional.of("your method returned 0");
    }
    return near(-expected, received)
        ? Optional.of("the sign: a loss is minus the logarithm of a probability")
        : Optional.empty();
  }

  private Optional<String> causeOf(Values expected, Values received) {
    return mistakes.stream()
        .filter(
            each ->
                Numbers.firstWrong(
                        engine(each.formula(), at, further).gradient(), received, TOLERANCE)
                    .isEmpty())
        .map(Mistake::cause)
        .findFirst()
        .or(() -> Diagnosis.copy(List.of("its operand"), List.of(at), received))
        .or(() -> Diagnosis.of(expected, received));
  }

  /** What the engine makes of a formula: recorded, differentiated, run in double precision. */
  static Result engine(Formula formula, Values at, Map<String, Values> further) {
    Tape tape = new Tape();
    Tensor point = tape.input("at", at.shape());
    Map<String, Tensor> others = new HashMap<>();
    further.forEach((name, values) -> others.put(name, tape.input(name, values.shape())));
    Tensor loss = formula.loss(tape, point, others);
    Tensor gradient = Autograd.gradients(tape, loss, List.of(point)).getFirst();
    tape.keep(loss);
    tape.keep(gradient);
    Plan plan = Plan.compile(tape.graph(), new ReferenceBackend(), Map.of());
    for (Tensor input : tape.graph().externals()) {
      write(plan.buffer(input), input.equals(point) ? at : LossCheck.get(further, input.name()));
    }
    plan.run();
    double[] numbers = ReferenceBackend.read(plan.buffer(gradient));
    return new Result(
        ReferenceBackend.read(plan.buffer(loss))[0], new Values(at.shape(), numbers, 0));
  }

  private static void write(Buffer buffer, Values values) {
    ReferenceBuffer doubles = (ReferenceBuffer) buffer;
    System.arraycopy(
        values.data(), values.offset(), doubles.data(), doubles.offset(), values.size());
  }

  static Values copy(Values values) {
    Values copy = Values.zeros(values.shape());
    copy.map(values, x -> x);
    return copy;
  }

  /** Whether any element is not the very same. */
  static boolean differs(Values a, Values b) {
    return IntStream.range(0, a.size()).anyMatch(i -> Double.compare(a.get(i), b.get(i)) != 0);
  }
}
