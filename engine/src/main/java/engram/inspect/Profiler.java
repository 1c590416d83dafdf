package engram.inspect;

import engram.backend.Buffer;
import engram.graph.Node;
import engram.op.Cost;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  private Profiler() {}

  /** Runs a plan {@code runs} times after {@code warmUp} runs and returns a row for each step. */
  public static List<Row> profile(Plan plan, int warmUp, int runs) {
    for (int i = 0; i < warmUp; i++) {
      plan.run();
    }
    List<Node> steps = plan.steps();
    long[][] nanos = new long[steps.size()][runs];
    double[] norms = new double[steps.size()];
    for (int run = 0; run < runs; run++) {
      for (int i = 0; i < steps.size(); i++) {
        nanos[i][run] = plan.backend().time(plan.kernel(i));
        if (run == runs - 1) {
          norms[i] = norm(plan.buffer(steps.get(i).written().getFirst()));
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Node node = steps.get(i);
      Arrays.sort(nanos[i]);
      double seconds = Math.max(1, nanos[i][runs / 2]) / 1e9;
      Cost cost = node.op().cost(node.inputs().stream().map(Tensor::shape).toList());
      rows.add(new Row(node, seconds, cost, norms[i]));
    }
    return rows;
  }

  private static double norm(Buffer buffer) {
    double squares = 0;
    for (float value : buffer.read()) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
