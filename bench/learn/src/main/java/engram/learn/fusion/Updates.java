package engram.learn.fusion;

import engram.graph.Autograd;
import engram.graph.Node;
import engram.graph.Tape;
import engram.tensor.Tensor;
import java.util.List;

/** The end of a training step. */
final class Updates {
  private Updates() {}

  /** Appends the backward pass and a step of gradient descent. */
  static void append(Tape tape, Tensor loss, List<Tensor> parameters) {
    List<Tensor> gradients = Autograd.gradients(tape, loss, parameters);
    tape.enter(Node.Phase.UPDATE);
    for (int i = 0; i < parameters.size(); i++) {
      Tensor step = tape.scale(0.1, gradients.get(i));
      tape.assign(parameters.get(i), tape.subtract(parameters.get(i), step));
    }
  }
}
