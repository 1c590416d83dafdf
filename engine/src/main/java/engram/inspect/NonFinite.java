package engram.inspect;

import engram.graph.Node;
import engram.op.Assign;
import engram.plan.Observer;
import engram.plan.Plan;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The first NaN or infinity of a run: the node that makes it of finite operands, not those that
 * only pass it on.
 *
 * @param step number of the node in {@link Plan#steps}
 * @param node the one that makes it; where it came from outside, the first that reads it
 * @param tensor that holds it
 * @param index of its first NaN or infinite element
 * @param value that element
 * @param fromOutside whether it was there before the plan ran: in the batch, or in a parameter
 * @param operands what the node read
 */
public record NonFinite(
    int step,
    Node node,
    Tensor tensor,
    int index,
    float value,
    boolean fromOutside,
    List<Operand> operands) {

  /**
   * An operand as the node read it.
   *
   * @param same element at the same place; empty where the operand has another shape
   * @param least its smallest finite element
   * @param largest its largest finite element
   */
  public record Operand(Tensor tensor, Optional<Float> same, float least, float largest) {
    private static Operand of(Tensor tensor, float[] values, Tensor result, int index) {
      float least = Float.POSITIVE_INFINITY;
      float largest = Float.NEGATIVE_INFINITY;
      for (float value : values) {
        if (Float.isFinite(value)) {
          least = Math.min(least, value);
          largest = Math.max(largest, value);
        }
      }
      boolean alike = tensor.shape().equals(result.shape());
      return new Operand(
          tensor, alike ? Optional.of(values[index]) : Optional.empty(), least, largest);
    }

    /** {@code logits#4 is 80 there}, or {@code x#0 from -1 to 3}. */
    @Override
    public String toString() {
      String name = tensor.name() + "#" + tensor.id();
      return same.map(value -> "%s is %s there".formatted(name, text(value)))
          .orElseGet(() -> "%s from %s to %s".formatted(name, text(least), text(largest)));
    }

    private static String text(float value) {
      return String.format(Locale.ROOT, "%.4g", value);
    }
  }

  /**
   * Runs a plan, node by node, up to the first NaN or infinity. What it updates on the way, such as
   * running means, is changed as by any run.
   *
   * @return empty if the plan ran to its end and all that it read and wrote was finite
   */
  public static Optional<NonFinite> first(Plan plan) {
    Search search = new Search(plan);
    for (int step = 0; step < plan.steps().size() && search.found.isEmpty(); step++) {
      search.step = step;
      plan.run(step, step + 1, search);
    }
    return search.found;
  }

  /** Index of the first NaN or infinite value, -1 if all are finite. */
  public static int indexIn(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Where the element lies in its tensor, along each axis from 0. */
  public List<Integer> position() {
    return position(tensor.shape(), index);
  }

  private static List<Integer> position(Shape shape, int index) {
    List<Integer> position = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      position.add(index / shape.inner(axis) % shape.dim(axis));
    }
    return position;
  }

  /** {@code node 7, log: log#12[3, 0] is -Infinity; x#11 is 0.0 there}. */
  @Override
  public String toString() {
    return "node %d, %s: %s#%d%s is %s; %s"
        .formatted(
            step,
            node.op().name(),
            tensor.name(),
            tensor.id(),
            position(),
            value,
            operands.stream().map(Operand::toString).collect(Collectors.joining(", ")));
  }

  private static final class Search implements Observer {
    private final Plan plan;
    private int step;
    private List<float[]> read = List.of();
    private Optional<NonFinite> found = Optional.empty();

    Search(Plan plan) {
      this.plan = plan;
    }

    /** All nodes before were finite: what is not finite among its operands came from outside. */
    @Override
    public void before(Node node) {
      read = node.inputs().stream().map(tensor -> plan.buffer(tensor).read()).toList();
      for (int i = 0; i < read.size(); i++) {
        boolean overwritten = node.op() instanceof Assign && i == 0;
        if (!overwritten) {
          look(node, node.inputs().get(i), read.get(i), true);
        }
      }
    }

    @Override
    public void after(Node node) {
      node.written().forEach(tensor -> look(node, tensor, plan.buffer(tensor).read(), false));
    }

    private void look(Node node, Tensor tensor, float[] values, boolean fromOutside) {
      int index = indexIn(values);
      if (index < 0 || found.isPresent()) {
        return;
      }
      List<Operand> operands = new ArrayList<>();
      for (int i = 0; i < read.size(); i++) {
        operands.add(Operand.of(node.inputs().get(i), read.get(i), tensor, index));
      }
      found =
          Optional.of(
              new NonFinite(step, node, tensor, index, values[index], fromOutside, operands));
    }
  }
}
