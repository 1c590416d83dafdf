import engram.graph.Node;
import engram.learn.api.Autograd;
import engram.tensor.Tensor;
import java.util.List;

/** The nodes on which the loss depends, from the loss backwards. */
public class Walk implements Autograd.Walk {
  @Override
  public List<Node> order(List<Node> tape, Tensor loss) {
    return List.of(); // TODO
  }
}
