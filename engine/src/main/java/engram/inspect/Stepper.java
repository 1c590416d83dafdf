package engram.inspect;

import engram.graph.Graph;
import engram.graph.Node;
import engram.plan.Observer;
import engram.plan.Plan;
import engram.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Runs a plan one step at a time and remembers every value that was made, although the plan itself
 * reuses their storage.
 */
public final class Stepper {
  private final Plan plan;
  private final Map<Tensor, float[]> values = new HashMap<>();
  private int position;

  public Stepper(Plan plan) {
    this.plan = plan;
  }

  /** The step that runs next, counted from 0; the number of steps at the end. */
  public int position() {
    return position;
  }

  /** Number of steps of the plan. */
  public int stepCount() {
    return plan.steps().size();
  }

  /** Runs the next step and returns its node. */
  public Node step() {
    List<Node> steps = plan.steps();
    if (position == steps.size()) {
      throw new NoSuchElementException("the plan has run all its " + position + " steps");
    }
    plan.run(position, position + 1, (Observer) this::remember);
    return steps.get(position++);
  }

  /** Runs up to, but without, step {@code index}. */
  public void runTo(int index) {
    while (position < index) {
      step();
    }
  }

  private void remember(Node node) {
    node.outputs().forEach(output -> values.put(output, plan.buffer(output).read()));
  }

  /**
   * The value of a tensor: as it was when its step had run, or as it is now for tensors that come
   * from outside.
   *
   * @throws NoSuchElementException if its step has not run yet
   */
  public float[] value(Tensor tensor) {
    if (plan.graph().places().get(tensor) instanceof Graph.Place place) {
      if (plan.graph().externals().contains(place.root())) {
        return plan.buffer(tensor).read();
      }
      float[] root = values.get(place.root());
      if (root != null) {
        int end = place.offset() + tensor.shape().elements();
        return Arrays.copyOfRange(root, place.offset(), end);
      }
    }
    throw new NoSuchElementException(tensor + " has not been computed at step " + position);
  }
}
