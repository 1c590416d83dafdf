package engram.bench.step;

import engram.backend.Backend;
import engram.backend.Buffer;
import engram.graph.Graph;
import engram.inspect.BackendComparison;
import engram.inspect.Difference;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What is other in a second step; see {@link Stages.Against}. */
final class Comparison {
  /** An error above this is a difference: far above rounding, far below a mistake. */
  private static final double TOLERANCE = 1e-4;

  private Comparison() {}

  /**
   * The same step on another device. Before each node the other device is given the values of this
   * one, so that an error shows where it arises and nowhere else.
   */
  static Stages.Against device(Glass glass, Backend own, Backend other) {
    Plan expected = filled(glass, glass.plan().graph(), own);
    Plan received = filled(glass, glass.plan().graph(), other);
    List<Stages.Pair> pairs = new ArrayList<>();
    for (BackendComparison.Row row : BackendComparison.compare(expected, received)) {
      if (row.nodes().size() == 1) {
        pairs.add(pair(pairs.size(), row.name(), row.worst(), ""));
      }
    }
    return new Stages.Against(other.description(), TOLERANCE, pairs);
  }

  /** A plan anew, what comes from outside as it was before the step. */
  private static Plan filled(Glass glass, Graph graph, Backend backend) {
    Map<Tensor, Buffer> bindings = new HashMap<>();
    glass
        .run()
        .before()
        .forEach(
            (tensor, values) -> {
              Buffer buffer = backend.allocate(values.length);
              buffer.write(values);
              bindings.put(tensor, buffer);
            });
    return Plan.compile(graph, backend, bindings);
  }

  /** The same step with every op run as it was recorded. */
  static Stages.Against withoutFusion(Glass glass, Backend backend) {
    Plan plan = filled(glass, glass.recording().graph(), backend);
    return steps(
        "the same without fusion",
        glass.run(),
        Capture.of(plan, plan::run),
        ran -> ran.node().written().getFirst()); // fusion leaves the names of what it keeps
  }

  /** Another step; nodes are matched by phase, op and the name of what they make. */
  static Stages.Against steps(String name, Capture here, Capture there) {
    return steps(
        name,
        here,
        there,
        ran ->
            List.of(
                ran.node().phase(),
                ran.node().op().name(),
                ran.node().written().getFirst().name()));
  }

  private static Stages.Against steps(
      String name, Capture here, Capture there, Function<Capture.Ran, Object> key) {
    Map<List<Object>, Capture.Ran> left = new LinkedHashMap<>();
    Map<Object, Integer> seen = new HashMap<>();
    there.steps().forEach(ran -> left.put(key(key.apply(ran), seen), ran));
    seen.clear();
    List<Stages.Pair> pairs = new ArrayList<>();
    for (Capture.Ran ran : here.steps()) {
      Capture.Ran match = left.remove(key(key.apply(ran), seen));
      pairs.add(
          match == null
              ? new Stages.Pair(pairs.size(), "", -1, 0, "", "", "it is only here")
              : pair(pairs.size(), here, ran, there, match));
    }
    left.values()
        .forEach(
            ran ->
                pairs.add(
                    new Stages.Pair(
                        -1,
                        ran.node().op().name(),
                        -1,
                        0,
                        "",
                        "",
                        "it is only there: " + ran.node())));
    return new Stages.Against(name, TOLERANCE, pairs);
  }

  /** Equal keys are told apart by how often they came. */
  private static List<Object> key(Object key, Map<Object, Integer> seen) {
    return List.of(key, seen.merge(key, 1, Integer::sum));
  }

  private static Stages.Pair pair(
      int number, Capture here, Capture.Ran ran, Capture there, Capture.Ran match) {
    String op = match.node().op().name();
    String note =
        op.equals(ran.node().op().name())
            ? ""
            : "the op: %s here, %s there".formatted(ran.node().op().name(), op);
    Capture.Operand one = written(ran);
    Capture.Operand other = written(match);
    if (!one.tensor().shape().equals(other.tensor().shape())) {
      return new Stages.Pair(
          number,
          op,
          -1,
          0,
          "",
          "",
          "the shape: %s here, %s there".formatted(one.tensor().shape(), other.tensor().shape()));
    }
    Difference worst = Difference.worst(here.value(one.value()), there.value(other.value()));
    return pair(number, op, worst, note);
  }

  private static Stages.Pair pair(int number, String there, Difference worst, String note) {
    return new Stages.Pair(
        number,
        there,
        Double.isFinite(worst.error()) ? worst.error() : Double.MAX_VALUE,
        worst.index(),
        String.valueOf(worst.expected()),
        String.valueOf(worst.received()),
        note);
  }

  private static Capture.Operand written(Capture.Ran ran) {
    return Objects.requireNonNull(
        ran.outputs().isEmpty() ? ran.updated().getFirst() : ran.outputs().getFirst());
  }
}
