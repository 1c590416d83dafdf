package engram.learn.learning;

import engram.backend.Operand;
import engram.backend.reference.ReferenceBackend.ReferenceBuffer;
import engram.learn.exercise.Diagnosis;
import engram.learn.exercise.LearnerBackend;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.op.Op;
import engram.op.OpCase;
import engram.op.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Grades a learner's definition of an op that changes some of its operands, on cases of it.
 *
 * @param operands names of its operands, as in its contract
 * @param results names of its results
 * @param own the learner's definition of it
 * @param mistakes definitions that people write instead, by what is wrong with them
 */
record OwnUpdates(
    List<OpCase> cases,
    List<String> operands,
    List<String> results,
    LearnerBackend.Own own,
    Function<Op, SequencedMap<String, LearnerBackend.Definition>> mistakes) {

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
    Drawn expected = new Drawn(opCase);
    Drawn received = new Drawn(opCase);
    opCase.op().reference(expected.operands, expected.results);
    String where =
        "%s, case %d of %d: %s, %s %s"
            .formatted(
                opCase.op().name(),
                number + 1,
                cases.size(),
                opCase.op(),
                operands.getFirst(),
                opCase.inputs().getFirst());
    try {
      Verdict.during(
          Verdict.failed(where),
          () ->
              new LearnerBackend(own)
                  .bind(opCase.op(), bound(received.operands), bound(received.results))
                  .run());
    } catch (Verdict.Stop stop) {
      return new Verdict.Failed(where, List.of(stop.verdict().where()))
          .and(String.join("; ", stop.verdict().details()));
    }
    for (int i = 0; i < expected.results.size(); i++) {
      int result = i;
      Optional<Verdict.Failed> wrong =
          wrong(where, results.get(i), opCase, expected, received, all -> all.results.get(result));
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    for (int updated : opCase.op().updates().reversed()) {
      Optional<Verdict.Failed> wrong =
          wrong(
              where,
              operands.get(updated),
              opCase,
              expected,
              received,
              all -> all.operands.get(updated));
      if (wrong.isPresent()) {
        return wrong.get();
      }
    }
    return Verdict.passed(where);
  }

  private Optional<Verdict.Failed> wrong(
      String where,
      String name,
      OpCase opCase,
      Drawn expected,
      Drawn received,
      Function<Drawn, Values> one) {
    Values right = one.apply(expected);
    Values mine = one.apply(received);
    return Numbers.firstWrong(right, mine, TOLERANCE).stream()
        .mapToObj(
            at ->
                Verdict.failed(where)
                    .and(
                        "%s%s: expected %s, received %s"
                            .formatted(
                                name,
                                Numbers.place(right.shape(), at),
                                Numbers.text(right.get(at)),
                                Numbers.text(mine.get(at))))
                    .likely(cause(name, opCase, right, mine, one)))
        .findFirst();
  }

  private Optional<String> cause(
      String name, OpCase opCase, Values right, Values mine, Function<Drawn, Values> one) {
    Drawn before = new Drawn(opCase);
    if (Numbers.firstWrong(one.apply(before), mine, TOLERANCE).isEmpty() && isOperand(name)) {
      return Optional.of(name + " is as it was before");
    }
    for (Map.Entry<String, LearnerBackend.Definition> mistake :
        mistakes.apply(opCase.op()).entrySet()) {
      Drawn made = new Drawn(opCase);
      mistake.getValue().run(made.operands, made.results);
      if (Numbers.firstWrong(one.apply(made), mine, TOLERANCE).isEmpty()) {
        return Optional.of(mistake.getKey());
      }
    }
    return Diagnosis.copy(operands, before.operands, mine).or(() -> Diagnosis.of(right, mine));
  }

  private boolean isOperand(String name) {
    return operands.contains(name);
  }

  /** Operands of a case and room for its results. */
  private record Drawn(List<Values> operands, List<Values> results) {
    Drawn(OpCase opCase) {
      this(
          IntStream.range(0, opCase.inputs().size()).mapToObj(opCase::draw).toList(),
          opCase.op().outputs(opCase.inputs()).stream().map(Values::zeros).toList());
    }
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
