package engram.graph;

import engram.op.Op;
import engram.tensor.Tensor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One op applied to tensors, as recorded. */
public record Node(Op op, List<Tensor> inputs, List<Tensor> outputs, Phase phase) {

  /** What part of a training step a node belongs to. */
  public enum Phase {
    FORWARD,
    BACKWARD,
    UPDATE
  }

  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** First output; nodes that only update operands have none. */
  public Tensor output() {
    return outputs.getFirst();
  }

  /** The operands that it overwrites, such as parameters. */
  public List<Tensor> updated() {
    return op.updates().stream().map(inputs::get).toList();
  }

  /** A node that makes the same tensors by another op. */
  public Node by(Op other, Tensor... operands) {
    return new Node(other, List.of(operands), outputs, phase);
  }

  /** All that it writes: its outputs, then the operands that it overwrites. */
  public List<Tensor> written() {
    return Stream.concat(outputs.stream(), updated().stream()).toList();
  }

  /**
   * For example {@code conv1.y#7 [64, 32, 32, 32] = Conv2d[stride=1, padding=2](x#0,
   * conv1.weight#2)}.
   */
  @Override
  public String toString() {
    String results = outputs.stream().map(Tensor::toString).collect(Collectors.joining(", "));
    String operands =
        inputs.stream().map(in -> in.name() + "#" + in.id()).collect(Collectors.joining(", "));
    return results + (outputs.isEmpty() ? "" : " = ") + op + "(" + operands + ")";
  }
}
