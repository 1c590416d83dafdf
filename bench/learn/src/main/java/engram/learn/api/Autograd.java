package engram.learn.api;

import engram.graph.Node;
import engram.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chapter 4: automatic differentiation. A tape is a list of {@link Node}s in the order in which
 * they were recorded; {@code node.inputs()} are the tensors that a node reads, {@code
 * node.output()} the one that it makes. No numbers yet: gradients are more nodes on the same tape.
 */
public final class Autograd {
  private Autograd() {}

  /** Appends nodes to the tape. */
  public interface Appender {
    /** The gradient of the loss with respect to itself: the number 1. */
    Tensor one();

    /** {@code a + b}. */
    Tensor add(Tensor a, Tensor b);

    /**
     * What the gradient {@code dy} of a node's output contributes to the gradient of one of its
     * inputs: chapter 3's formulas, for any op.
     *
     * @param input 0 for the node's first input
     */
    Tensor gradient(Node node, int input, Tensor dy);
  }

  /** In which order the nodes are visited. */
  public interface Walk {
    /**
     * @param tape all nodes, as recorded
     * @return those on which the loss depends, each once, each before all that made its inputs
     */
    List<Node> order(List<Node> tape, Tensor loss);
  }

  /** The gradients of all that the loss depends on. */
  public interface Accumulate {
    /**
     * @param order the nodes, as {@link Walk} orders them
     * @return the gradient of the loss itself, and of each input of each node
     */
    Map<Tensor, Tensor> gradients(List<Node> order, Tensor loss, Appender appender);
  }

  /** The gradients of the parameters, and no node more than they need. */
  public interface Stop {
    /**
     * @param tape all nodes, as recorded
     * @param parameters made by no node; the loss depends on each
     * @return the gradient of each parameter; what else is in it does not matter
     */
    Map<Tensor, Tensor> gradients(
        List<Node> tape, Tensor loss, Set<Tensor> parameters, Appender appender);
  }
}
