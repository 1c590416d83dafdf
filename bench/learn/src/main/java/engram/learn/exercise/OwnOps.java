package engram.learn.exercise;

import engram.backend.Operand;
import engram.backend.reference.ReferenceBackend.ReferenceBuffer;
import engram.op.Op;
import engram.op.OpCase;
import engram.op.Values;
import engram.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Grades a learner's definition of an op: on each of the op's declared cases, then inside a
 * training step.
 *
 * @param cases those of the op
 * @param operands names of its operands, as in its contract
 * @param results names of its results, as in its contract
 * @param own the learner's definition of it
 * @param mistakes definitions that people write instead, by what is wrong with them, the likeliest
 *     first
 */
public record OwnOps(
    List<OpCase> cases,
    List<String> operands,
    List<String> results,
    LearnerBackend.Own own,
    Function<Op, SequencedMap<String, LearnerBackend.Definition>> mistakes) {

  /** A mistake is easiest to follow where there are few numbers: the smallest case comes first. */
  public OwnOps {
    cases =
        cases.stream()
            .sorted(
                Comparator.comparingInt(
                    each -> each.inputs().stream().mapToInt(Shape::elements).sum()))
            .toList();
  }

  /** Far above what another order of additions in double precision does, far below a mistake. */
  private static final double TOLERANCE = 1e-6;

  /** The first case, result and element that is wrong; if there is none, what was checked. */
  public Verdict check() {
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("an op without cases cannot be graded");
    }
    for (int i = 0; i < cases.size(); i++) {
      if (run(i) instanceof Verdict.Failed failed) {
        return failed;
      }
    }
    String special =
        cases.stream().allMatch(OpCase::smooth) ? "" : ", NaN and infinities among them";
    return Verdict.passed(
            "%s: all %d cases%s".formatted(cases.getFirst().op().name(), cases.size(), special))
        .then(() -> CourseStep.compare(own));
  }

  private Verdict run(int number) {
    OpCase opCase = cases.get(number);
    List<Values> inputs =
        IntStream.range(0, opCase.inputs().size()).mapToObj(opCase::draw).toList();
    List<Shape> shapes = opCase.op().outputs(opCase.inputs());
    List<Values> expected = shapes.stream().map(Values::zeros).toList();
    List<Values> received = shapes.stream().map(Values::zeros).toList();
    opCase.op().reference(inputs, expected);
    Verdict.Failed where =
        Verdict.failed(
            "%s, case %d of %d: %s"
                .formatted(opCase.op().name(), number + 1, cases.size(), text(opCase)));
    try {
      Verdict.during(
          where,
          () -> new LearnerBackend(own).bind(opCase.op(), bound(inputs), bound(received)).run());
    } catch (Verdict.During during) {
      throw during.likely(
          Diagnosis.mistake(
              Objects.requireNonNullElse(during.getCause(), during),
              mistakes.apply(opCase.op()),
              mistake -> made(opCase, mistake)));
    } catch (Verdict.Stop stop) {
      return where.and(stop.verdict().where()).and(String.join("; ", stop.verdict().details()));
    }
    for (int i = 0; i < expected.size(); i++) {
      OptionalInt wrong = Numbers.firstWrong(expected.get(i), received.get(i), TOLERANCE);
      if (wrong.isPresent()) {
        int at = wrong.getAsInt();
        int result = i;
        return where
            .and(
                "%s%s: expected %s, received %s"
                    .formatted(
                        results.get(i),
                        Numbers.place(shapes.get(i), at),
                        Numbers.text(expected.get(i).get(at)),
                        Numbers.text(received.get(i).get(at))))
            .likely(
                forgotten(i, received.get(i))
                    .or(() -> mistake(opCase, result, received.get(result)))
                    .or(() -> Diagnosis.copy(operands, inputs, received.get(result)))
                    .or(() -> Diagnosis.of(expected.get(result), received.get(result))));
      }
    }
    return Verdict.passed(where.where());
  }

  /** A second result that was never written, where those before it are right. */
  private Optional<String> forgotten(int result, Values received) {
    return result > 0 && Diagnosis.isUnwritten(received)
        ? Optional.of(
            "%s is right, but %s is a result, too, and was never written"
                .formatted(results.get(result - 1), results.get(result)))
        : Optional.empty();
  }

  private Optional<String> mistake(OpCase opCase, int result, Values received) {
    return Diagnosis.mistake(
        received, mistakes.apply(opCase.op()), mistake -> made(opCase, mistake).get(result));
  }

  private static List<Values> made(OpCase opCase, LearnerBackend.Definition mistake) {
    List<Values> results =
        opCase.op().outputs(opCase.inputs()).stream().map(Values::zeros).toList();
    mistake.run(
        IntStream.range(0, opCase.inputs().size()).mapToObj(opCase::draw).toList(), results);
    return results;
  }

  /** Attributes of the op, then each operand with its shape. */
  private String text(OpCase opCase) {
    List<String> parts = new ArrayList<>(List.of(opCase.op().toString()));
    for (int i = 0; i < opCase.inputs().size(); i++) {
      parts.add(operands.get(i) + " " + opCase.inputs().get(i));
    }
    return String.join(", ", parts);
  }

  private static List<Operand> bound(List<Values> values) {
    return values.stream()
        .map(
            each ->
                new Operand(
                    each.shape(), new ReferenceBuffer(each.data(), each.offset(), each.size())))
        .toList();
  }
}
