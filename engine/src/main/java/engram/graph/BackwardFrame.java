package engram.graph;

import engram.tensor.Tensor;
import java.util.List;

/**
 * What the walk of {@link Autograd} does at one node: the gradient of its first output arrives, ops
 * are appended, gradients of its operands leave.
 *
 * @param node of the recorded computation
 * @param arriving gradient of {@code node.output()}
 * @param appended nodes that the walk appended here, in order; where gradients meet, the sum of
 *     them is among these
 * @param leaving one for each operand whose gradient is wanted, in the order in which the op
 *     contributed
 */
public record BackwardFrame(
    Node node, Tensor arriving, List<Node> appended, List<Contribution> leaving) {

  public BackwardFrame {
    appended = List.copyOf(appended);
    leaving = List.copyOf(leaving);
  }

  /**
   * One contribution to the gradient of an operand.
   *
   * @param operand whose gradient it is
   * @param gradient what this node contributes
   * @param total gradient of the operand from here on: {@code gradient} itself where it is the
   *     first and was assigned, else the sum with what was there
   */
  public record Contribution(Tensor operand, Tensor gradient, Tensor total) {
    /** Whether it is the first; later ones are added. */
    public boolean assigned() {
      return total.equals(gradient);
    }
  }
}
