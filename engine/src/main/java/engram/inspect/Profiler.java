package engram.inspect;

import engram.graph.Node;
import engram.op.Cost;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Times each step of a plan over several runs, with the clock of the device where it has one. */
public final class Profiler {

  /**
   * What one step costs.
   *
   * @param seconds median time of one run
   * @param norm L2 norm of the first output after the last run; for a step that only updates
   *     operands, of the first operand that it updates
   */
  public record Row(Node node, double seconds, Cost cost, double norm) {
    /** Billions of arithmetic operations a second. */
    public double gigaflops() {
      return cost.flops() / seconds / 1e9;
    }

    /** Billions of bytes a second, if every operand moves once. */
    public double gigabytes() {
      return cost.bytes() / seconds / 1e9;
    }
  }

  private final Plan plan;
  private final Map<Node, List<Long>> nanos = new HashMap<>();
  private final Map<Node, Double> norms = new HashMap<>();

  private Profiler(Plan plan) {
    this.plan = plan;
  }

  /** Runs a plan {@code runs} times after {@code warmUp} runs and returns a row for each step. */
  public static List<Row> profile(Plan plan, int warmUp, int runs) {
    Profiler profiler = new Profiler(plan);
    for (int i = 0; i < warmUp; i++) {
      plan.run();
    }
    for (int i = 0; i < runs; i++) {
      profiler.run(i == runs - 1);
    }
    return profiler.rows();
  }

  private void run(boolean readNorms) {
    for (int i = 0; i < plan.steps().size(); i++) {
      Node node = plan.steps().get(i);
      long elapsed = plan.backend().time(plan.kernel(i));
      nanos.computeIfAbsent(node, n -> new ArrayList<>()).add(elapsed);
      if (readNorms) {
        norms.put(node, norm(node.written().getFirst()));
      }
    }
  }

  private double norm(Tensor tensor) {
    double squares = 0;
    for (float value : plan.buffer(tensor).read()) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Node node : plan.steps()) {
      List<Long> sorted = Objects.requireNonNull(nanos.get(node)).stream().sorted().toList();
      double seconds = Math.max(1, sorted.get(sorted.size() / 2)) / 1e9;
      Cost cost = node.op().cost(node.inputs().stream().map(Tensor::shape).toList());
      rows.add(new Row(node, seconds, cost, Objects.requireNonNull(norms.get(node))));
    }
    return rows;
  }
}
