package engram.learn.learning;

import engram.backend.Operand;
import engram.backend.reference.ReferenceBackend.ReferenceBuffer;
import engram.learn.exercise.Diagnosis;
import engram.learn.exercise.LearnerBackend;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.op.OpCase;
import engram.op.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Grades a learner's definition of an op that changes some of its operands, on cases of it.
 *
 * @param operands names of its operands, as in its contract
 * @param results names of its results
 * @param own the learner's definition of it
 */
record OwnUpdates(
    List<OpCase> cases, List<String> operands, List<String> results, LearnerBackend.Own own) {

  /** Far above what another order of additions in double precision does, far below a mistake. */
  private static final double TOLERANCE = 1e-6;

  /** The first case, result and element that is wrong; if there is none, what was checked. */
  Verdict check() {
    for (int i = 0; i < cases.size(); i++) {
      if (run(i) instanceof Verdict.Failed failed) {
        return failed;
      }
    }
    boolean special = !cases.stream().allMatch(OpCase::smooth);
    return Verdict.passed(
        "%s: all %d cases%s"
            .formatted(
                cases.getFirst().op().name(),
                cases.size(),
                special ? ", NaN and infinities among them" : ""));
  }

  private Verdict run(int number) {
    OpCase opCase = cases.get(number);
    List<Values> before = drawn(opCase);
    List<Values> expected = drawn(opCase);
    List<Values> received = drawn(opCase);
    List<Values> right = zeros(opCase);
    List<Values> mine = zeros(opCase);
    opCase.op().reference(expected, right);
    String where =
        "%s, case %d of %d: %s %s"
            .formatted(opCase.op().name(), number + 1, cases.size(), opCase.op(), opCase.inputs());
    try {
      new LearnerBackend(own).bind(opCase.op(), bound(received), bound(mine)).run();
    } catch (Verdict.Stop stop) {
      return new Verdict.Failed(where, List.of(stop.verdict().where()))
          .and(String.join("; ", stop.verdict().details()));
    }
    for (int i = 0; i < right.size(); i++) {
      Optional<Verdict.Failed> wrong =
          wrong(where, results.get(i), before, right.get(i), mine.get(i));
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    for (int updated : opCase.op().updates().reversed()) {
      Optional<Verdict.Failed> wrong =
          wrong(where, operands.get(updated), before, expected.get(updated), received.get(updated));
      if (wrong.isPresent()) {
        boolean same = unchanged(before.get(updated), received.get(updated));
        return same
            ? wrong.get().likely("%s is as it was before".formatted(operands.get(updated)))
            : wrong.get();
      }
    }
    return Verdict.passed(where);
  }

  private static Optional<Verdict.Failed> wrong(
      String where, String name, List<Values> before, Values expected, Values received) {
    OptionalInt wrong = Numbers.firstWrong(expected, received, TOLERANCE);
    if (wrong.isEmpty()) {
      return Optional.empty();
    }
    int at = wrong.getAsInt();
    String numbers =
        "%s%s: expected %s, received %s"
            .formatted(
                name,
                Numbers.place(expected.shape(), at),
                Numbers.text(expected.get(at)),
                Numbers.text(received.get(at)));
    return Optional.of(
        Verdict.failed(where).and(numbers).likely(Diagnosis.of(before, expected, received)));
  }

  private static boolean unchanged(Values before, Values after) {
    return IntStream.range(0, before.size())
        .allMatch(i -> Double.compare(before.get(i), after.get(i)) == 0);
  }

  private static List<Values> drawn(OpCase opCase) {
    return IntStream.range(0, opCase.inputs().size()).mapToObj(opCase::draw).toList();
  }

  private static List<Values> zeros(OpCase opCase) {
    return new ArrayList<>(
        opCase.op().outputs(opCase.inputs()).stream().map(Values::zeros).toList());
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
