package engram.graph;

import engram.op.Elementwise;
import engram.op.GradientBuilder;
import engram.op.One;
import engram.op.Op;
import engram.tensor.Shape;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reverse-mode differentiation by appending ops: the nodes on the way from the parameters to the
 * loss are walked backwards, and each op says how the gradient of its output becomes gradients of
 * its inputs.
 */
public final class Autograd {
  private final Tape tape;
  private final Map<Tensor, Tensor> gradients = new HashMap<>();

  /** The tensors that depend on a wanted one. */
  private final Set<Tensor> reaching;

  private Autograd(Tape tape, Set<Tensor> wanted) {
    this.tape = tape;
    reaching = new HashSet<>(wanted);
  }

  /**
   * Appends the backward pass.
   *
   * @param loss a tensor of one element
   * @param parameters the tensors whose gradients are wanted; the walk ends at them
   * @return the gradient of each, in order
   * @throws IllegalArgumentException if the loss does not depend on one of them
   */
  public static List<Tensor> gradients(Tape tape, Tensor loss, List<Tensor> parameters) {
    Map<Tensor, Tensor> found = gradients(tape, loss, parameters, List.of());
    return parameters.stream().map(found::get).toList();
  }

  /**
   * As {@link #gradients(Tape, Tensor, List)}, and of {@code others} those on which the loss
   * depends.
   *
   * @return the gradient of each
   */
  public static Map<Tensor, Tensor> gradients(
      Tape tape, Tensor loss, List<Tensor> parameters, List<Tensor> others) {
    return gradients(tape, loss, parameters, others, frame -> {});
  }

  /**
   * As {@link #gradients(Tape, Tensor, List, List)}, and shows the walk.
   *
   * @param listener is given a frame for each node that the walk passes, from the loss backwards
   */
  public static Map<Tensor, Tensor> gradients(
      Tape tape,
      Tensor loss,
      List<Tensor> parameters,
      List<Tensor> others,
      Consumer<BackwardFrame> listener) {
    if (!loss.shape().equals(Shape.shape(1))) {
      throw new IllegalArgumentException(
          "gradients: the loss is " + loss + ", expected one element; take its mean or sum first");
    }
    Node.Phase before = tape.enter(Node.Phase.BACKWARD);
    Set<Tensor> wanted = new HashSet<>(parameters);
    wanted.addAll(others);
    Autograd walk = new Autograd(tape, wanted);
    walk.gradients.put(loss, tape.record("d." + loss.name(), new One(), List.of()).getFirst());
    walk.run(wanted, listener);
    tape.enter(before);
    for (Tensor parameter : parameters) {
      if (!walk.gradients.containsKey(parameter)) {
        throw new IllegalArgumentException(
            "gradients: " + loss + " does not depend on " + parameter);
      }
    }
    Map<Tensor, Tensor> found = new HashMap<>(walk.gradients);
    found.keySet().retainAll(wanted);
    return found;
  }

  private void run(Set<Tensor> parameters, Consumer<BackwardFrame> listener) {
    List<Node> forward = tape.graph().nodes();
    for (Node node : forward) {
      for (int i = 0; i < node.inputs().size(); i++) {
        if (reaching.contains(node.inputs().get(i)) && node.op().differentiable(i)) {
          node.outputs().stream().limit(1).forEach(reaching::add);
        }
      }
    }
    for (Node node : forward.reversed()) {
      if (node.outputs().isEmpty()
          || parameters.contains(node.output())
          || !gradients.containsKey(node.output())) {
        continue;
      }
      Step step = new Step(node);
      int before = tape.size();
      node.op().gradient(step);
      listener.accept(
          new BackwardFrame(node, step.outputGradient(), tape.since(before), step.leaving));
    }
  }

  /** What the op of one node sees while its gradient is recorded. */
  private final class Step implements GradientBuilder {
    private final Node node;
    private final List<BackwardFrame.Contribution> leaving = new ArrayList<>();

    Step(Node node) {
      this.node = node;
    }

    @Override
    public Tensor input(int index) {
      return node.inputs().get(index);
    }

    @Override
    public Tensor output(int index) {
      return node.outputs().get(index);
    }

    @Override
    public Tensor outputGradient() {
      return Objects.requireNonNull(gradients.get(node.output()));
    }

    @Override
    public boolean needs(int input) {
      return reaching.contains(node.inputs().get(input)) && node.op().differentiable(input);
    }

    @Override
    public List<Tensor> record(Op op, Tensor... inputs) {
      return tape.record("d." + node.output().name(), op, List.of(inputs));
    }

    @Override
    public void contribute(int input, Tensor gradient) {
      if (!needs(input)) {
        return;
      }
      Tensor target = node.inputs().get(input);
      Tensor earlier = gradients.get(target);
      Tensor total =
          earlier == null
              ? gradient
              : tape.record(
                      "d." + target.name(),
                      new Elementwise(Elementwise.Kind.ADD),
                      List.of(earlier, gradient))
                  .getFirst();
      gradients.put(target, total);
      leaving.add(new BackwardFrame.Contribution(target, gradient, total));
    }
  }
}
