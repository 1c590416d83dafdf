package engram.learn.autograd;

import engram.graph.Node;
import engram.graph.Tape;
import engram.learn.api.Autograd;
import engram.learn.exercise.Verdict;
import engram.op.Elementwise;
import engram.op.GradientBuilder;
import engram.op.One;
import engram.op.Op;
import engram.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Appends what the learner's walk asks for, and counts it. */
final class TapeAppender implements Autograd.Appender {
  private final Tape tape;
  private int adds;
  private final List<Contribution> contributions = new ArrayList<>();

  /** A gradient that was asked for. */
  record Contribution(Node node, int input) {}

  TapeAppender(Tape tape) {
    this.tape = tape;
  }

  int adds() {
    return adds;
  }

  List<Contribution> contributions() {
    return contributions;
  }

  @Override
  public Tensor one() {
    return tape.record("one", new One(), List.of()).getFirst();
  }

  @Override
  public Tensor add(Tensor a, Tensor b) {
    if (a == null || b == null) {
      throw new Verdict.Stop(
          Verdict.failed("add(%s, %s): null is no tensor".formatted(a, b))
              .likely(
                  "nothing is there yet to which it could be added: the first contribution is"
                      + " assigned"));
    }
    adds++;
    return tape.record("sum", new Elementwise(Elementwise.Kind.ADD), List.of(a, b)).getFirst();
  }

  @Override
  public Tensor gradient(Node node, int input, Tensor dy) {
    contributions.add(new Contribution(node, input));
    if (input < 0 || input >= node.inputs().size()) {
      throw new Verdict.Stop(
          Verdict.failed("gradient(node, %d, dy): this node has no such input".formatted(input))
              .and(node.toString()));
    }
    if (dy == null) {
      throw new Verdict.Stop(
          Verdict.failed("gradient(node, %d, dy): dy is null".formatted(input))
              .and("the node: " + node)
              .likely(
                  "your map has no gradient of its output, %s: the loss does not depend on it, so"
                          .formatted(node.output())
                      + " the node is left out; or the nodes that read it come too late"));
    }
    if (!node.op().differentiable(input)) {
      throw new Verdict.Stop(
          Verdict.failed(
                  "gradient(node, %d, dy): %s cannot be differentiated"
                      .formatted(input, node.inputs().get(input)))
              .and(node.toString())
              .likely("labels lead to no parameter: nothing needs their gradient"));
    }
    Only builder = new Only(node, input, dy);
    node.op().gradient(builder);
    return builder.contributed.getLast();
  }

  /** Records the gradient of one input alone. */
  private final class Only implements GradientBuilder {
    private final Node node;
    private final int wanted;
    private final Tensor dy;
    private final List<Tensor> contributed = new ArrayList<>();

    Only(Node node, int wanted, Tensor dy) {
      this.node = node;
      this.wanted = wanted;
      this.dy = dy;
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
      return dy;
    }

    @Override
    public boolean needs(int input) {
      return input == wanted;
    }

    @Override
    public List<Tensor> record(Op op, Tensor... inputs) {
      return tape.record("d." + node.inputs().get(wanted).name(), op, List.of(inputs));
    }

    @Override
    public void contribute(int input, Tensor gradient) {
      if (input == wanted) {
        contributed.add(gradient);
      }
    }
  }
}
