package engram.learn.fusion;

import engram.backend.reference.ReferenceBackend;
import engram.graph.Graph;
import engram.learn.exercise.Numbers;
import engram.learn.exercise.Verdict;
import engram.op.Values;
import engram.plan.Plan;
import engram.random.CounterRandom;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Runs two graphs on the same numbers, in double precision, and compares what is left of them. */
final class SameNumbers {
  private static final double TOLERANCE = 1e-9;

  /** Externals of this name are whole numbers below {@link #CLASSES}. */
  static final String LABELS = "labels";

  static final int CLASSES = 3;

  private SameNumbers() {}

  /** The first element of what is kept, or was updated, that differs. */
  static Verdict check(String where, Graph before, Graph after) {
    Plan expected = run(before);
    Plan received = run(after);
    List<Tensor> results = new ArrayList<>(before.kept());
    results.addAll(before.externals());
    for (Tensor tensor : results) {
      Values right = values(expected, tensor);
      Values mine = values(received, tensor);
      OptionalInt wrong = Numbers.firstWrong(right, mine, TOLERANCE);
      if (wrong.isPresent()) {
        int at = wrong.getAsInt();
        Verdict.Failed failed =
            Verdict.failed(where)
                .and(
                    "after your rewrite %s%s is another number"
                        .formatted(tensor.name(), Numbers.place(tensor.shape(), at)))
                .expected(Numbers.text(right.get(at)), Numbers.text(mine.get(at)));
        return GraphText.with(failed, after)
            .likely("the new node has other operands, or other attributes, than the two together");
      }
    }
    return Verdict.passed(where);
  }

  private static Plan run(Graph graph) {
    Plan plan = Plan.compile(graph, new ReferenceBackend(), Map.of());
    for (Tensor external : graph.externals()) {
      CounterRandom random = CounterRandom.of(1, external.name());
      float[] numbers = new float[external.shape().elements()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] =
            external.name().equals(LABELS) ? random.below(CLASSES, i) : (float) random.normal(i);
      }
      plan.buffer(external).write(numbers);
    }
    plan.run();
    return plan;
  }

  private static Values values(Plan plan, Tensor tensor) {
    return new Values(tensor.shape(), ReferenceBackend.read(plan.buffer(tensor)), 0);
  }
}
