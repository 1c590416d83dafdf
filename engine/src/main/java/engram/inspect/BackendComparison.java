package engram.inspect;

import static java.util.Objects.requireNonNull;

import engram.graph.Node;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs one graph on two backends side by side, step by step, and compares every value that both
 * make. The second plan gets the first one's values before each step, so that an error is seen
 * where it arises and not where it arrives.
 */
public final class BackendComparison {

  /** The worst element of the results of one step. */
  public record Row(Node node, Difference worst) {}

  private BackendComparison() {}

  /**
   * @param expected plan on the trusted backend, its externals filled
   * @param received plan of the same graph on the other backend, which may take its steps in
   *     another order
   * @return a row for each step, in the order of {@code expected}
   */
  public static List<Row> compare(Plan expected, Plan received) {
    Map<Node, Integer> places = new HashMap<>();
    for (int i = 0; i < received.steps().size(); i++) {
      places.put(received.steps().get(i), i);
    }
    if (!places.keySet().equals(Set.copyOf(expected.steps()))) {
      throw new IllegalArgumentException("the two plans do not run the same graph");
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < expected.steps().size(); i++) {
      Node node = expected.steps().get(i);
      int place = requireNonNull(places.get(node));
      for (Tensor input : node.inputs()) {
        received.buffer(input).write(expected.buffer(input).read());
      }
      expected.run(i, i + 1, ignored -> {});
      received.run(place, place + 1, ignored -> {});
      List<Tensor> results = new ArrayList<>(node.outputs());
      node.op().updates().forEach(index -> results.add(node.inputs().get(index)));
      Difference worst = new Difference(0, 0, 0, 0);
      for (Tensor result : results) {
        worst =
            worse(
                worst, difference(expected.buffer(result).read(), received.buffer(result).read()));
      }
      rows.add(new Row(node, worst));
    }
    return rows;
  }

  /**
   * As {@link Difference#worst}; but of places of maxima, which are whole numbers, the error is the
   * share that differs: where two numbers are equal but for rounding either place is right.
   */
  private static Difference difference(float[] expected, float[] received) {
    Difference worst = Difference.worst(expected, received);
    if (worst.error() == 0 || !wholeNumbers(expected) || !wholeNumbers(received)) {
      return worst;
    }
    int differing = 0;
    for (int i = 0; i < expected.length; i++) {
      differing += expected[i] == received[i] ? 0 : 1;
    }
    double share = (double) differing / expected.length;
    return new Difference(worst.index(), worst.expected(), worst.received(), share);
  }

  private static boolean wholeNumbers(float[] values) {
    for (float value : values) {
      if (value != Math.rint(value) || Float.isInfinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static Difference worse(Difference a, Difference b) {
    return b.error() > a.error() ? b : a;
  }

  /** For each step the worse of two comparisons of the same graph. */
  public static List<Row> worse(List<Row> a, List<Row> b) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      rows.add(new Row(a.get(i).node(), worse(a.get(i).worst(), b.get(i).worst())));
    }
    return rows;
  }

  /** The first step whose results differ by more than {@code tolerance}. */
  public static Optional<Row> firstDivergence(List<Row> rows, double tolerance) {
    return rows.stream().filter(row -> row.worst().error() > tolerance).findFirst();
  }
}
